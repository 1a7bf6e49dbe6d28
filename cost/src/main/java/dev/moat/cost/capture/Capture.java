package dev.moat.cost.capture;

import java.util.List;
import java.util.Map;

/**
 * What a capture holds.
 *
 * @param datagrams in the order of the file
 * @param skipped how many packets were left out, by why; only those that occurred
 */
public record Capture(List<CapturedDatagram> datagrams, Map<Skip, Integer> skipped) {
  /** Keeps copies. */
  public Capture {
    datagrams = List.copyOf(datagrams);
    skipped = Map.copyOf(skipped);
  }
}
