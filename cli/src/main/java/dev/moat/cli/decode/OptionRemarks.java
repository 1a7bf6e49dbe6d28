package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.OptionWords;
import dev.moat.coap.message.Code;
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
  private boolean critical;

  /** Takes note of one option. */
  void see(int number, Bytes value) {
    boolean repeated = !seen.add(number);
    Optional<OptionDefinition> definition = OptionWords.definition(number);
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
        OptionWords.name(number)
            + " "
            + why
            + ", and is "
            + (isCritical ? "critical" : "elective: ignored"));
  }

  /** The remarks on a message of {@code code}. */
  List<String> lines(Code code) {
    List<String> lines = new ArrayList<>(unrecognised);
    if (critical) {
      lines.add(
          code.isRequest()
              ? "a confirmable request with it is answered with 4.02 Bad Option, a non-confirmable"
                  + " one is rejected (RFC 7252, 5.4.1)"
              : "a message with it is rejected: Reset when confirmable (RFC 7252, 5.4.1)");
    }
    return lines;
  }
}
