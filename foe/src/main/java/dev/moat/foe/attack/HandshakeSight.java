package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.foe.path.Format;
import dev.moat.foe.scenario.HandshakeMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the messages of handshakes apart, as everybody can: requests by how their payload begins,
 * responses by the request that they answer (RFC 9528, Appendix A.2), and message_3 inside of a
 * protected request by the EDHOC option (RFC 9668, Section 3.1).
 */
public final class HandshakeSight {
  private static final int MAX_REMEMBERED = 4096;

  private final Format format;
  private final Map<Bytes, HandshakeMessage> askedByToken = new HashMap<>();

  /** Of datagrams; has seen nothing yet. */
  public HandshakeSight() {
    this(Format.UDP);
  }

  /** Has seen nothing yet. */
  public HandshakeSight(Format format) {
    this.format = format;
  }

  /** Which message of a handshake {@code datagram} is; empty when it is none. */
  public Optional<HandshakeMessage> messageIn(Bytes datagram) {
    return format.decode(datagram).flatMap(this::messageIn);
  }

  private Optional<HandshakeMessage> messageIn(Message message) {
    if (message.isEmpty()) {
      return Optional.empty();
    }
    return message.code().isRequest() ? requested(message) : answered(message);
  }

  private static Optional<HandshakeMessage> requested(Message request) {
    if (request.options().has(OptionNumber.EDHOC)) {
      return Optional.of(HandshakeMessage.MESSAGE_3);
    }
    if (request.code() != Code.POST || !isForHandshakes(request) || isLaterBlock(request)) {
      return Optional.empty();
    }
    try {
      return EdhocBody.decode(request.payload())
          .fold(
              Optional::empty,
              first -> Optional.of(HandshakeMessage.MESSAGE_1),
              next -> Optional.of(HandshakeMessage.MESSAGE_3),
              failure -> Optional.of(HandshakeMessage.ERROR));
    } catch (EdhocException malformed) {
      return Optional.empty();
    }
  }

  private static boolean isForHandshakes(Message request) {
    String path = "/" + String.join("/", request.options().uriPath());
    return path.equals(EdhocMessages.DEFAULT_PATH);
  }

  /** Only the first part of a message in blocks shows which it is. */
  private static boolean isLaterBlock(Message request) {
    return request.options().block1().map(block -> block.number() > 0).orElse(false)
        || request.options().block2().map(block -> block.number() > 0).orElse(false);
  }

  private Optional<HandshakeMessage> answered(Message response) {
    HandshakeMessage asked = askedByToken.get(response.token());
    if (asked == null || response.options().has(OptionNumber.OSCORE)) {
      return Optional.empty();
    }
    if (response.payload().isEmpty()) {
      boolean done = asked == HandshakeMessage.MESSAGE_3 && response.code() == Code.CHANGED;
      return done ? Optional.of(HandshakeMessage.DONE) : Optional.empty();
    }
    if (EdhocError.isError(response.payload())) {
      return Optional.of(HandshakeMessage.ERROR);
    }
    return Optional.of(
        asked == HandshakeMessage.MESSAGE_1
            ? HandshakeMessage.MESSAGE_2
            : HandshakeMessage.MESSAGE_4);
  }

  /** A datagram went by. */
  public void noticed(Bytes datagram) {
    format.decode(datagram).filter(message -> message.code().isRequest()).ifPresent(this::asked);
  }

  private void asked(Message request) {
    Optional<HandshakeMessage> message = messageIn(request);
    if (message.isPresent() && askedByToken.size() < MAX_REMEMBERED) {
      askedByToken.put(request.token(), message.get());
    }
  }

  /** One line for people; empty when the datagram holds no message of a handshake by itself. */
  Optional<String> describe(Bytes datagram) {
    Optional<Message> message = format.decode(datagram);
    return message
        .filter(clear -> !clear.options().has(OptionNumber.OSCORE))
        .flatMap(this::messageIn)
        .map(
            kind ->
                format.header(message.get())
                    + " EDHOC "
                    + kind.word()
                    + ", "
                    + message.get().payload().length()
                    + " octets");
  }
}
