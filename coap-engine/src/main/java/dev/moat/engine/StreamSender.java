package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Message;
import dev.moat.coap.service.Response;
import dev.moat.coap.signal.PeerCapabilities;
import dev.moat.coap.signal.Signal;
import dev.moat.coap.signal.Signals;
import dev.moat.engine.stream.ConnectionLimits;
import dev.moat.engine.stream.Fault;
import dev.moat.engine.stream.MessageReader;
import dev.moat.engine.stream.Outbox;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Sends messages on connections: at once, or when the peer reads again. What the peer has not said
 * it can take waits for its CSM (RFC 8323, Section 5.3), and what it has said it cannot take is not
 * sent.
 */
final class StreamSender {
  private final EngineCore core;
  private final StreamLinks links;
  private long queuedOctets;

  StreamSender(EngineCore core, StreamLinks links) {
    this.core = core;
    this.links = links;
  }

  /** Sends, or has wait, a message; {@code owner} is the request of ours that it is. */
  Fate send(StreamLink link, StreamMessage message, Optional<Outbound> owner) {
    Optional<Bytes> encoded = encoded(link, message);
    if (encoded.isEmpty() || isTooLong(link, encoded.get())) {
      return Fate.TOO_LONG;
    }
    Bytes octets = encoded.get();
    boolean known = link.isEstablished() || octets.length() <= PeerCapabilities.BASE_MESSAGE_SIZE;
    if (link.writable && link.outbox.isEmpty() && known) {
      core.transmit(link.peer(), octets);
      return Fate.LEFT;
    }
    if (!hasRoom(link, octets.length())) {
      return Fate.NO_ROOM;
    }
    link.outbox.add(octets, owner);
    queuedOctets += octets.length();
    return Fate.WAITS;
  }

  /** Sends a message that nobody waits for; without room for it the connection ends. */
  boolean send(StreamLink link, StreamMessage message) {
    Fate fate = send(link, message, Optional.empty());
    if (fate == Fate.NO_ROOM) {
      links.doom(link, Fault.QUEUE_FULL, "");
    }
    return fate != Fate.TOO_LONG;
  }

  void signal(StreamLink link, Signal signal, Bytes token) {
    if (!send(link, Signals.write(signal, token))) {
      links.doom(
          link, Fault.BAD_SIGNAL, "the announced Max-Message-Size leaves no room for signals");
    }
  }

  /** The last words on a connection, past everything that waits. */
  void lastWords(StreamLink link, Signal.Abort abort) {
    Bytes octets = MessageReader.encode(link.connection.framing(), Signals.write(abort));
    core.transmit(link.peer(), octets);
  }

  /** Sends what waits, as long as the peer reads; {@code fates} is told of requests of ours. */
  void flush(StreamLink link, BiConsumer<Outbound, Fate> fates) {
    while (isFlowing(link)) {
      Outbox.Waiting<Outbound> next = link.outbox.poll();
      if (next == null) {
        return;
      }
      queuedOctets -= next.message().length();
      Fate fate = isTooLong(link, next.message()) ? Fate.TOO_LONG : Fate.LEFT;
      if (fate == Fate.LEFT) {
        core.transmit(link.peer(), next.message());
      }
      next.owner().ifPresent(owner -> fates.accept(owner, fate));
    }
  }

  /** True when whatever waits may leave. */
  static boolean isFlowing(StreamLink link) {
    return StreamLinks.isOpen(link) && link.writable && link.isEstablished();
  }

  /** Takes back a request that has not left. */
  void withdraw(StreamLink link, Outbound owner) {
    queuedOctets -= link.outbox.remove(owner);
  }

  /** Drops what waits. */
  void drop(StreamLink link) {
    queuedOctets -= link.outbox.clear();
  }

  long queuedOctets() {
    return queuedOctets;
  }

  static StreamMessage message(Bytes token, Response response) {
    return new StreamMessage(response.code(), token, response.options(), response.payload());
  }

  private boolean isTooLong(StreamLink link, Bytes octets) {
    return link.isEstablished() && octets.length() > link.capabilities.maxMessageSize();
  }

  private boolean hasRoom(StreamLink link, int octets) {
    ConnectionLimits limits = links.rules.limits();
    return link.outbox.octets() + (long) octets <= limits.queuedOctets()
        && queuedOctets + octets <= limits.queuedOctetsInTotal();
  }

  /** Empty when the message has no form: an option or a token of an impossible length. */
  private static Optional<Bytes> encoded(StreamLink link, StreamMessage message) {
    if (message.token().length() > Message.MAX_TOKEN_OCTETS) {
      return Optional.empty();
    }
    try {
      return Optional.of(MessageReader.encode(link.connection.framing(), message));
    } catch (IllegalArgumentException noSuchForm) {
      return Optional.empty();
    }
  }

  /** What became of a message. */
  enum Fate {
    /** It left. */
    LEFT,
    /** It leaves when the peer reads, or has sent its CSM. */
    WAITS,
    /** The peer does not take so long a message, or it has no form. */
    TOO_LONG,
    /** Too much waits already. */
    NO_ROOM
  }
}
