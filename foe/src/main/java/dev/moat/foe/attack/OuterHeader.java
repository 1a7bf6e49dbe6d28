package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.foe.path.Format;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;
import java.util.Optional;

/**
 * All that OSCORE leaves in clear (RFC 8613, Section 4): the header, the token, the OSCORE option,
 * an outer Observe, and how long the ciphertext is.
 *
 * @param header type, Message ID and token in words, as far as the transport has them
 * @param code the outer code: POST or FETCH for every request, 2.04 or 2.05 for every response
 * @param oscore the option's fields: kid and Partial IV, of a response mostly neither
 * @param hasObserve true when the message is about an observation
 * @param cipherOctets length of the ciphertext with its tag
 */
record OuterHeader(
    String header,
    Code code,
    Bytes token,
    OscoreOption oscore,
    boolean hasObserve,
    int cipherOctets) {

  /** The header of a protected message; empty when the datagram holds none. */
  static Optional<OuterHeader> of(Format format, Bytes unit) {
    return format.decode(unit).flatMap(message -> of(format, message));
  }

  private static Optional<OuterHeader> of(Format format, Message message) {
    try {
      Optional<Bytes> option = message.options().first(OptionNumber.OSCORE);
      if (option.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new OuterHeader(
              format.header(message),
              message.code(),
              message.token(),
              OscoreOption.decode(option.get()),
              message.options().has(OptionNumber.OBSERVE),
              message.payload().length()));
    } catch (OscoreException malformed) {
      return Optional.empty();
    }
  }

  /** One line for people. */
  String words() {
    StringBuilder text = new StringBuilder(header).append(' ');
    text.append(code.isRequest() ? code.title() : code + " " + code.title()).append(" OSCORE");
    oscore.kid().ifPresent(kid -> text.append(" kid=").append(kid.toHex()));
    oscore.partialIv().ifPresent(number -> text.append(" PIV=").append(number.toHex()));
    text.append(hasObserve ? " Observe" : "");
    return text.append(", ").append(cipherOctets).append(" octets").toString();
  }
}
