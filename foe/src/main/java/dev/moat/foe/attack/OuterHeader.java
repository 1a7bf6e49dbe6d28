package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;
import java.util.Locale;
import java.util.Optional;

/**
 * All that OSCORE leaves in clear (RFC 8613, Section 4): the header, the token, the OSCORE option,
 * an outer Observe, and how long the ciphertext is.
 *
 * @param code the outer code: POST or FETCH for every request, 2.04 or 2.05 for every response
 * @param oscore the option's fields: kid and Partial IV, of a response mostly neither
 * @param hasObserve true when the message is about an observation
 * @param cipherOctets length of the ciphertext with its tag
 */
record OuterHeader(
    MessageType type,
    int messageId,
    Code code,
    Bytes token,
    OscoreOption oscore,
    boolean hasObserve,
    int cipherOctets) {

  /** The header of a protected message; empty when the datagram holds none. */
  static Optional<OuterHeader> of(Bytes datagram) {
    try {
      return of(UdpCodec.decode(datagram));
    } catch (MessageFormatException | OscoreException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<OuterHeader> of(Message message) throws OscoreException {
    Optional<Bytes> option = message.options().first(OptionNumber.OSCORE);
    if (option.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OuterHeader(
            message.type(),
            message.messageId(),
            message.code(),
            message.token(),
            OscoreOption.decode(option.get()),
            message.options().has(OptionNumber.OBSERVE),
            message.payload().length()));
  }

  /** One line for people. */
  String words() {
    StringBuilder text = new StringBuilder();
    text.append(type).append(String.format(Locale.ROOT, " MID=%04x T=", messageId));
    text.append(token.isEmpty() ? "-" : token.toHex()).append(' ');
    text.append(code.isRequest() ? code.title() : code + " " + code.title()).append(" OSCORE");
    oscore.kid().ifPresent(kid -> text.append(" kid=").append(kid.toHex()));
    oscore.partialIv().ifPresent(number -> text.append(" PIV=").append(number.toHex()));
    text.append(hasObserve ? " Observe" : "");
    return text.append(", ").append(cipherOctets).append(" octets").toString();
  }
}
