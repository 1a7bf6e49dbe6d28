package dev.moat.coap;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.testkit.Arbitrary;
import java.util.ArrayList;
import java.util.List;

/** Well-formed messages for property tests. */
public final class ArbitraryMessages {
  private ArbitraryMessages() {}

  /** Any message that the UDP format can carry with default token lengths. */
  public static Message message(Arbitrary arbitrary) {
    MessageType type = MessageType.ofBits(arbitrary.between(0, 3));
    int messageId = arbitrary.between(0, 0xffff);
    if (arbitrary.chance(5)) {
      return Message.empty(type, messageId);
    }
    Code code = Code.ofOctet(arbitrary.between(1, 255));
    return new Message(
        type, messageId, code, token(arbitrary), options(arbitrary), arbitrary.bytes(1100));
  }

  /** Any message that the formats of RFC 8323 can carry with default token lengths. */
  public static StreamMessage streamMessage(Arbitrary arbitrary) {
    if (arbitrary.chance(5)) {
      return StreamMessage.empty();
    }
    Code code = Code.ofOctet(arbitrary.between(1, 255));
    Bytes payload = arbitrary.chance(95) ? arbitrary.bytes(1100) : arbitrary.random().bytes(66_000);
    return new StreamMessage(code, token(arbitrary), options(arbitrary), payload);
  }

  /** A token of 0 to 8 octets, sometimes an extended one. */
  public static Bytes token(Arbitrary arbitrary) {
    int length =
        arbitrary.chance(80)
            ? arbitrary.between(0, 8)
            : arbitrary.pick(List.of(13, 14, 268, 269, 270, 1000, Message.MAX_TOKEN_OCTETS));
    return arbitrary.random().bytes(length);
  }

  /** Up to eight options of any number and length. */
  public static Options options(Arbitrary arbitrary) {
    List<Option> options = new ArrayList<>();
    for (int left = arbitrary.between(0, 8); left > 0; left--) {
      int number = arbitrary.chance(80) ? arbitrary.length(400) : arbitrary.between(0, 0xffff);
      options.add(new Option(number, arbitrary.bytes(300)));
    }
    return Options.of(options);
  }
}
