package dev.moat.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dissector and the codecs are written apart; here they must agree. */
class StreamDissectorTest {
  private static final long SEED = 20_180_223;

  @Test
  void agreesWithTheCodecsOnRandomMessages() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      assertAgreement(randomMessage(random));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0000",
        "0001",
        "2100aaff61",
        "0f01",
        "0901010203040506070809",
        "d0",
        "d00001",
        "e00000",
        "f0ffffffff01",
        "000100",
        "1001ff",
        "1001d0",
        "1001f0",
        "4001e0fef210",
        "2001b461",
        "0d01",
        "0d0100",
        "0e010000",
        "11e34220",
        "30e1220480"
      })
  void agreesWithTheCodecsOnEveryRule(String message) {
    assertAgreement(Bytes.hex(message));
  }

  @Test
  void coversEveryOctetOfAWellFormedMessage() {
    String payload = "00".repeat(270);
    assertCovered(WireFormat.TCP, Bytes.hex("e10007021a" + "b474657374ff" + payload));
    assertCovered(WireFormat.TCP, Bytes.hex("2100aaff61"));
    assertCovered(WireFormat.WEBSOCKET, Bytes.hex("01021ab474657374ff" + payload));
  }

  private static void assertCovered(WireFormat format, Bytes message) {
    Dissection dissection = format.dissect(message);
    assertThat(dissection.fault()).isEmpty();
    int next = 0;
    for (Field field : dissection.fields()) {
      assertThat(field.offset()).isEqualTo(next);
      next += field.octets().length();
    }
    assertThat(next).isEqualTo(message.length());
  }

  private static void assertAgreement(Bytes message) {
    for (WireFormat format : new WireFormat[] {WireFormat.TCP, WireFormat.WEBSOCKET}) {
      Dissection dissection = format.dissect(message);
      assertThat(dissection.fault().isEmpty())
          .as("%s %s: %s", format, message.toHex(), dissection.fault())
          .isEqualTo(format.refusal(message).isEmpty());
    }
  }

  /** A head that is often right, so that the options are reached. */
  private static Bytes randomMessage(Random random) {
    byte[] octets = new byte[random.nextInt(24)];
    random.nextBytes(octets);
    int tkl = random.nextInt(3);
    int body = octets.length - 2 - tkl;
    if (body >= 0 && body < 13 && random.nextInt(10) > 0) {
      octets[0] = (byte) (random.nextBoolean() ? (body << 4) | tkl : tkl);
    }
    return Bytes.owned(octets);
  }
}
