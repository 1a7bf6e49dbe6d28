package dev.moat.conformance.flood;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Peer;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.testkit.Arbitrary;
import java.util.Optional;

/**
 * What someone without the keys can make of one request that was received and one that was withheld
 * from its receiver. Each datagram comes from an address of its own.
 */
final class ProtectedFlood {
  private static final int ADDRESS_BITS = 17;
  private static final int PORT = 5683;
  private static final int MAX_CIPHERTEXT_OCTETS = 60;

  private final Arbitrary arbitrary;
  private final Bytes kid;
  private final Message received;
  private final Message withheld;
  private int sent;

  ProtectedFlood(Arbitrary arbitrary, Bytes kid, Message received, Message withheld) {
    this.arbitrary = arbitrary;
    this.kid = kid;
    this.received = received;
    this.withheld = withheld;
  }

  /** The datagram after the one before: the kinds take turns. */
  Datagram next() {
    int number = sent++;
    int address = number & ((1 << ADDRESS_BITS) - 1);
    Peer from =
        Peer.of(Bytes.of(198, 18 + (address >> 16), address >> 8 & 0xff, address & 0xff), PORT);
    Kind kind = Kind.of(number);
    return new Datagram(from, kind, made(kind, number));
  }

  private Bytes made(Kind kind, int number) {
    int messageId = number >> ADDRESS_BITS;
    return switch (kind) {
      case FORGED ->
          encoded(messageId, risen(number), arbitrary.random().bytes(ciphertextOctets()));
      case TRUNCATED -> truncated(encoded(messageId, withheld.options(), withheld.payload()));
      case REPLAYED -> encoded(messageId, received.options(), received.payload());
      case FLIPPED -> flipped(encoded(messageId, withheld.options(), withheld.payload()));
    };
  }

  /** At least as long as a tag and a code. */
  private int ciphertextOctets() {
    return arbitrary.between(17, MAX_CIPHERTEXT_OCTETS);
  }

  /** Above every Partial IV that the peer has used, and above the one before. */
  private Options risen(int number) {
    OscoreOption option =
        new OscoreOption(
            Optional.of(OscoreOption.partialIv(1_000L + number)),
            Optional.of(kid),
            Optional.empty());
    return Options.of(new Option(OptionNumber.OSCORE, option.encode()));
  }

  private Bytes encoded(int messageId, Options options, Bytes payload) {
    MessageType type = arbitrary.chance(50) ? MessageType.CON : MessageType.NON;
    Bytes token = arbitrary.random().bytes(arbitrary.between(0, 8));
    return UdpCodec.encode(new Message(type, messageId, Code.POST, token, options, payload));
  }

  /** Anything from the header alone to all but the last octet. */
  private Bytes truncated(Bytes whole) {
    return whole.slice(0, arbitrary.between(4, whole.length() - 1));
  }

  /** One bit behind the token, which nothing protects. */
  private Bytes flipped(Bytes whole) {
    byte[] octets = whole.toArray();
    int first = 4 + (octets[0] & 0x0f);
    octets[arbitrary.between(first, octets.length - 1)] ^= (byte) (1 << arbitrary.between(0, 7));
    return Bytes.owned(octets);
  }

  /** What was done to a datagram. */
  enum Kind {
    FORGED,
    TRUNCATED,
    REPLAYED,
    FLIPPED;

    private static final Kind[] ALL = values();

    private static Kind of(int number) {
      return ALL[number % ALL.length];
    }
  }

  /** One datagram and where it pretends to come from. */
  record Datagram(Peer from, Kind kind, Bytes octets) {}
}
