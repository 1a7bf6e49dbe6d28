package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.signal.Signal;
import dev.moat.coap.signal.SignalException;
import dev.moat.engine.StreamTimers.Purpose;
import dev.moat.engine.stream.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the octets of connections apart and hands each message to who deals with it. What breaks
 * the format ends the connection (RFC 8323, Section 5.6).
 */
final class StreamIntake {
  private final StreamLinks links;
  private final StreamSignals signals;
  private final StreamConnections.Parts parts;

  StreamIntake(StreamLinks links, StreamSignals signals, StreamConnections.Parts parts) {
    this.links = links;
    this.signals = signals;
    this.parts = parts;
  }

  void onOctets(StreamLink link, Bytes octets, long nowNanos) {
    link.heardNanos = nowNanos;
    if (link.paused) {
      // More has come all the same: what is too much is refused from here on.
      read(link, false, nowNanos);
    }
    if (StreamLinks.isOpen(link)) {
      link.reader.feed(octets);
      read(link, true, nowNanos);
    }
  }

  /** Goes on with what waited for an answer, when there is room for one more request. */
  void resume(StreamLink link, long nowNanos) {
    if (StreamLinks.isOpen(link) && hasRoom(link)) {
      read(link, true, nowNanos);
    }
  }

  /**
   * Reads what is there. {@code pausing}: as long as there is room for requests, so that many that
   * come at once are not refused before the first can be answered.
   */
  private void read(StreamLink link, boolean pausing, long nowNanos) {
    boolean any = false;
    link.paused = false;
    while (StreamLinks.isOpen(link) && !link.paused) {
      Optional<StreamMessage> message = next(link);
      if (message.isEmpty()) {
        break;
      }
      any = true;
      onMessage(link, message.get(), nowNanos);
      link.paused = pausing && !hasRoom(link) && link.reader.waitingOctets() > 0;
    }
    if (StreamLinks.isOpen(link)) {
      account(link, any, nowNanos);
    }
  }

  private boolean hasRoom(StreamLink link) {
    return link.requests.size() < links.rules.limits().openRequests();
  }

  private Optional<StreamMessage> next(StreamLink link) {
    try {
      return link.reader.next();
    } catch (MessageFormatException malformed) {
      String detail = malformed.reason().label() + " at octet " + malformed.offset();
      links.doom(link, Fault.MALFORMED, detail);
      return Optional.empty();
    }
  }

  private void onMessage(StreamLink link, StreamMessage message, long nowNanos) {
    try {
      Optional<Signal> signal = link.start.signal(message);
      if ((signal.isPresent() || message.isEmpty()) && !link.signals.spend(nowNanos)) {
        links.doom(link, Fault.FLOOD, "");
      } else if (signal.isPresent()) {
        signals.on(link, signal.get(), message.token(), nowNanos);
      } else if (!message.isEmpty()) {
        dispatch(link, message, nowNanos);
      }
    } catch (SignalException broken) {
      links.doom(link, Fault.BAD_SIGNAL, String.valueOf(broken.getMessage()), broken.answer());
    }
  }

  private void dispatch(StreamLink link, StreamMessage received, long nowNanos) {
    Message message = confirmable(received);
    if (message.code().isRequest()) {
      parts.server().onRequest(link, message, nowNanos).ifPresent(parts.observations()::onRequest);
    } else if (message.code().isResponse()) {
      parts.client().onResponse(link, message, nowNanos);
    } else {
      // RFC 7252, Section 4.2, has such a message rejected, which is Abort here (RFC 8323, 5.6).
      links.doom(link, Fault.RESERVED_CLASS, message.code().toString());
    }
  }

  /** As good as acknowledged: there are no types and Message IDs on connections. */
  private static Message confirmable(StreamMessage message) {
    boolean lasting = message.options().has(OptionNumber.OBSERVE);
    return new Message(
        MessageType.CON,
        0,
        message.code(),
        message.token().compact(),
        lasting ? compact(message.options()) : message.options(),
        lasting ? message.payload().compact() : message.payload());
  }

  /** What is observed is remembered for long: not with all that came in the same piece. */
  private static Options compact(Options options) {
    List<Option> kept = new ArrayList<>(options.size());
    for (Option option : options) {
      kept.add(new Option(option.number(), option.value().compact()));
    }
    return Options.of(kept);
  }

  /** Keeps count and time of messages that have not ended. */
  private void account(StreamLink link, boolean completed, long nowNanos) {
    int octets = link.reader.waitingOctets();
    links.partialOctets += octets - link.partialOctets;
    link.partialOctets = octets;
    if (link.paused) {
      links.paused.add(link);
    } else {
      links.paused.remove(link);
    }
    if (octets == 0 || link.paused) {
      links.unfinished.remove(link);
      link.timers.clear(Purpose.MESSAGE);
    } else if (completed || !link.timers.isSet(Purpose.MESSAGE)) {
      links.unfinished.remove(link);
      links.unfinished.add(link);
      long messageNanos = links.rules.patience().messageNanos();
      link.timers.set(Purpose.MESSAGE, nowNanos + messageNanos);
    }
    bound();
  }

  /** Of too many octets in the making those go that have waited longest for their end. */
  private void bound() {
    long excess = links.partialOctets - links.rules.limits().partialOctetsInTotal();
    for (StreamLink eldest : links.unfinished) {
      if (excess <= 0) {
        return;
      }
      if (StreamLinks.isOpen(eldest)) {
        excess -= eldest.partialOctets;
        links.doom(eldest, Fault.NO_ROOM, "");
      }
    }
  }
}
