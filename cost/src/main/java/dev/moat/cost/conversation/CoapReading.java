package dev.moat.cost.conversation;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.edhoc.coap.combined.CombinedPayload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells CoAP messages apart (RFC 7252, Section 5.3.2: responses by their token; Section 4.2:
 * acknowledgements by their Message ID).
 */
final class CoapReading implements Reading {
  private final EdhocReading edhoc;
  private final Seen seen = new Seen();
  private final Map<Key, Piece> byMessageId = new HashMap<>();
  private final Map<Key, Piece> byToken = new HashMap<>();

  CoapReading(List<String> edhocPath) {
    this.edhoc = new EdhocReading(edhocPath);
  }

  /** The CoAP message in a datagram; nothing when it has none. */
  static Optional<Message> decode(Bytes datagram) {
    try {
      return Optional.of(UdpCodec.decode(datagram));
    } catch (MessageFormatException other) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Piece> read(CapturedDatagram datagram, boolean fromClient) {
    Optional<Message> decoded = decode(datagram.payload());
    if (decoded.isEmpty()) {
      return Optional.of(Piece.opaque(datagram.payload().length()));
    }
    Message message = decoded.get();
    // The whole datagram, and not only its Message ID, which returns after 65,536 messages.
    Sent sent = new Sent(fromClient, datagram.payload());
    if (seen.again(sent)) {
      return Optional.empty();
    }
    Piece piece = piece(message, fromClient);
    seen.first(sent, piece.name());
    Piece unused = byMessageId.put(messageId(message, fromClient), piece);
    if (message.code().isRequest()) {
      Piece unusedToo = byToken.put(new Key(fromClient, message.token()), piece);
    }
    return Optional.of(piece);
  }

  private Piece piece(Message message, boolean fromClient) {
    if (message.isEmpty()) {
      return empty(message, byMessageId.get(messageId(message, !fromClient)));
    }
    if (message.options().has(OptionNumber.OSCORE)) {
      return shielded(message);
    }
    return message.code().isRequest()
        ? edhoc.request(message).orElseGet(() -> plain(message))
        : response(message, byToken.get(new Key(!fromClient, message.token())));
  }

  /** Belongs to what it acknowledges or rejects. */
  private static Piece empty(Message message, @Nullable Piece answered) {
    String name =
        switch (message.type()) {
          case ACK -> "acknowledgement";
          case RST -> "reset";
          case CON, NON -> "ping";
        };
    if (answered == null) {
      return new Piece(Subject.PLAIN, name, Part.DATA, 0, 0);
    }
    Part part = answered.part() == Part.DATA ? Part.DATA : Part.HANDSHAKE;
    return new Piece(answered.subject(), name, part, false, 0, 0, Optional.of(answered));
  }

  private Piece shielded(Message message) {
    int payload = message.payload().length();
    if (!message.code().isRequest()) {
      return new Piece(Subject.PROTECTED, MessageNames.RESPONSE, Part.DATA, 0, payload);
    }
    Optional<CombinedPayload> combined =
        message.options().has(OptionNumber.EDHOC)
            ? CombinedPayload.read(message.payload())
            : Optional.empty();
    return combined
        .map(both -> edhoc.combined(both.message3().length(), payload))
        .orElseGet(() -> new Piece(Subject.PROTECTED, MessageNames.REQUEST, Part.DATA, 0, payload));
  }

  private Piece response(Message message, @Nullable Piece asked) {
    boolean ofEdhoc =
        asked != null ? edhoc.isOwn(asked) : EdhocReading.isEdhocFormat(message.options());
    return ofEdhoc ? edhoc.response(message) : plain(message);
  }

  private static Piece plain(Message message) {
    String name = message.code().isRequest() ? message.code().title() : message.code().toString();
    return new Piece(Subject.PLAIN, name, Part.DATA, 0, message.payload().length());
  }

  private static Key messageId(Message message, boolean fromClient) {
    return new Key(fromClient, Bytes.uint(message.messageId()));
  }

  @Override
  public String repeated() {
    return seen.repeated();
  }

  @Override
  public Protocol protocol(Subject subject) {
    return switch (subject) {
      case HANDSHAKE -> Protocol.EDHOC;
      case PROTECTED -> Protocol.OSCORE;
      case PLAIN, OPAQUE -> Protocol.OTHER;
    };
  }

  @Override
  public List<String> remarks() {
    return edhoc.remarks();
  }

  private record Sent(boolean fromClient, Bytes datagram) {}

  private record Key(boolean fromClient, Bytes value) {}
}
