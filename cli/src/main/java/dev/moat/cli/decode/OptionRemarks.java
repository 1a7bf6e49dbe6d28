package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.OptionDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a receiver makes of a well-formed message's options (RFC 7252, Sections 5.4.1 to 5.4.5). */
final class OptionRemarks {
  private final List<String> unrecognised = new ArrayList<>();
  private final Set<Integer> seen = new HashSet<>();
  private final OptionSpace space;
  private boolean critical;

  OptionRemarks(OptionSpace space) {
    this.space = space;
  }

  /** Takes note of one option. */
  void see(int number, Bytes value) {
    boolean repeated = !seen.add(number);
    Optional<OptionDefinition> definition = space.definition(number);
    if (definition.isEmpty()) {
      unrecognised(number, "is not known here (RFC 7252, 5.4.1)");
    } else if (!definition.get().accepts(value)) {
      unrecognised(number, "has an illegal length or is no UTF-8 (RFC 7252, 5.4.3 and 3.2)");
    } else if (repeated && !definition.get().repeatable()) {
      unrecognised(number, "must not be repeated (RFC 7252, 5.4.5)");
    }
  }

  private void unrecognised(int number, String why) {
    boolean isCritical = (number & 1) == 1;
    critical |= isCritical;
    unrecognised.add(
        space.name(number)
            + " "
            + why
            + ", and is "
            + (isCritical ? "critical" : "elective: ignored"));
  }

  /** The remarks, in the order of the options. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(unrecognised);
    if (critical) {
      lines.addAll(space.critical());
    }
    return lines;
  }
}
