package dev.moat.cli.decode;

import java.util.List;
import java.util.Optional;

/**
 * A message taken apart.
 *
 * @param fields in order of their offsets, up to the fault when there is one
 * @param fault why the message is malformed; empty when it is well-formed
 * @param remarks what a receiver does with special but well-formed content, such as an unknown
 *     critical option
 */
public record Dissection(List<Field> fields, Optional<Fault> fault, List<String> remarks) {
  /** Copies the lists. */
  public Dissection {
    fields = List.copyOf(fields);
    remarks = List.copyOf(remarks);
  }
}
