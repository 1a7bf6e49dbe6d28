package dev.moat.edhoc.message;

import static dev.moat.edhoc.message.Refused.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.testkit.Vectors;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages that RFC 9529, Section 4 says are invalid. */
class InvalidTracesTest {
  /** Well-formed keys that are no points of their curves: found when the key is used. */
  private static final Set<Integer> CURVE_CASES = Set.of(9, 10, 11);

  private static final Map<Integer, Reason> EXPECTED =
      Map.ofEntries(
          Map.entry(1, Reason.UNEXPECTED_ITEM),
          Map.entry(2, Reason.BAD_CONNECTION_ID),
          Map.entry(3, Reason.BAD_SUITES),
          Map.entry(4, Reason.UNEXPECTED_ITEM),
          Map.entry(5, Reason.TRAILING_ITEMS),
          Map.entry(6, Reason.BAD_ID_CRED),
          Map.entry(7, Reason.BAD_ID_CRED),
          Map.entry(8, Reason.BAD_EPHEMERAL_KEY),
          Map.entry(12, Reason.BAD_SIGNATURE_OR_MAC_LENGTH),
          Map.entry(13, Reason.BAD_EPHEMERAL_KEY),
          Map.entry(14, Reason.NOT_DETERMINISTIC),
          Map.entry(15, Reason.NOT_DETERMINISTIC));

  @Test
  @Tag("LK-093")
  @Tag("LK-094")
  void refusesEachWithTheReasonThatItShows() {
    Map<Integer, Reason> seen = new HashMap<>();
    for (JsonNode example : Vectors.load("edhoc-rfc9529-invalid.json", node -> node)) {
      String id = example.path("id").asText();
      int number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
      Bytes value = Examples.hex(example, "value");
      if (!CURVE_CASES.contains(number)) {
        seen.put(number, refusal(() -> decode(example.path("target").asText(), value)));
      }
    }
    assertThat(seen).containsExactlyInAnyOrderEntriesOf(EXPECTED);
  }

  private static void decode(String target, Bytes value) throws EdhocException {
    CipherSuite suite2 = CipherSuites.standard().require(2);
    switch (target) {
      case "message_1" -> {
        Message1 message = Message1.decode(value);
        var unused = message.gX(CipherSuites.standard().require(message.suites().selected()));
      }
      case "message_2" -> {
        var unused = Message2.decode(value, suite2);
      }
      default -> {
        var unused = Plaintext2.decode(value, suite2.macOctets());
      }
    }
  }
}
