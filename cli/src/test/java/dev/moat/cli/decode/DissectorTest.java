package dev.moat.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dissector and the codec are written apart; here they must agree. */
class DissectorTest {
  private static final long SEED = 20_240_229;

  @Test
  void agreesWithTheCodecOnRandomMessages() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      assertAgreement(randomMessage(random));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "40",
        "00010001",
        "c0010001",
        "49010001010203040506070809",
        "480100100102",
        "4100000042",
        "4000000001",
        "40010001ff",
        "40010001f3",
        "400100010f",
        "40010001d0",
        "40010001eeff0b",
        "40010001e0ffff",
        "40010001e0fef210",
        "53691234746f6b656e",
        "4d01000100",
        "4e010001",
        "4d0100010000000000000000000000000000",
        "4f010001",
        "40010001b3616263ff78"
      })
  void agreesWithTheCodecOnEveryRule(String message) {
    assertAgreement(Bytes.hex(message));
  }

  @Test
  void coversEveryOctetOfAWellFormedMessage() {
    Bytes message = Bytes.hex("44017d3742010203b474657374c13cff68690a");
    int next = 0;
    for (Field field : Dissector.dissect(message).fields()) {
      assertThat(field.offset()).isEqualTo(next);
      next += field.octets().length();
    }
    assertThat(next).isEqualTo(message.length());
  }

  private static void assertAgreement(Bytes message) {
    Dissection dissection = Dissector.dissect(message);
    assertThat(dissection.fault().isEmpty())
        .as("%s: %s, codec: %s", message.toHex(), dissection.fault(), refusal(message))
        .isEqualTo(refusal(message).isEmpty());
  }

  private static Optional<MessageFormatException> refusal(Bytes message) {
    try {
      var unused = UdpCodec.decode(message);
      return Optional.empty();
    } catch (MessageFormatException e) {
      return Optional.of(e);
    }
  }

  /** A header that is mostly right, so that the options are reached. */
  private static Bytes randomMessage(Random random) {
    byte[] octets = new byte[random.nextInt(40)];
    random.nextBytes(octets);
    if (octets.length > 0 && random.nextInt(10) > 0) {
      octets[0] = (byte) (0x40 | octets[0] & 0x33);
    }
    return Bytes.owned(octets);
  }
}
