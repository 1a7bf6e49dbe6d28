package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.signal.Signal;
import dev.moat.engine.StreamTimers.Purpose;
import dev.moat.engine.stream.Connection;
import dev.moat.engine.stream.ConnectionEvent;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.Fault;
import dev.moat.engine.stream.Patience;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The life of connections, from the first CSM to the end (RFC 8323, Sections 3.3 and 5).
 *
 * <pre>
 *   onConnected --> [ OPEN ] --Release, of either side--> [ RELEASED ]
 *                      |                                      | drained, or time is up
 *                      | fault, Abort                         v
 *                      +------------> [ DOOMED ] ----------> ( OVER )
 *                      | onClosed                             ^
 *                      +--------------------------------------+
 * </pre>
 */
final class StreamConnections {
  private final EngineCore core;
  private final StreamLinks links;
  private final StreamSender sender;
  private final StreamSignals signals;
  private final StreamIntake intake;
  private final Parts parts;
  private final StreamTimers timers;
  private final Patience patience;

  StreamConnections(
      EngineCore core, StreamLinks links, StreamSender sender, StreamSignals signals, Parts parts) {
    this.core = core;
    this.links = links;
    this.sender = sender;
    this.signals = signals;
    this.parts = parts;
    this.intake = new StreamIntake(links, signals, parts);
    this.timers = new StreamTimers(core.deadlines, this::onExpired);
    this.patience = links.rules.patience();
  }

  /** The machines whose work hangs on connections. */
  record Parts(
      StreamClient client,
      StreamServer server,
      StreamObservations observations,
      StreamPings pings) {}

  void open(Peer peer, Connection connection, long nowNanos) {
    if (peer.association() == 0) {
      throw new IllegalArgumentException("a connection has an association number of its own");
    }
    if (links.findAny(peer) != null) {
      throw new IllegalStateException("there is a connection with " + peer + " already");
    }
    StreamLink link = new StreamLink(peer, connection, links.rules, timers, nowNanos);
    if (links.size() >= links.rules.limits().connections() && !makeRoom(nowNanos)) {
      core.events.emit(new ConnectionEvent.Aborted(peer, Fault.TOO_MANY, ""));
      sender.lastWords(link, Signal.Abort.because(Fault.TOO_MANY.words()));
      core.outputs.add(new Output.Disconnect(peer));
      return;
    }
    links.add(link);
    // RFC 8323, Section 5.3: one CSM at the start. It does not wait for the peer's (Section 3.3).
    sender.signal(link, csm(links.rules), Bytes.empty());
    link.timers.set(Purpose.CSM, nowNanos + patience.csmNanos());
    if (patience.idleNanos() > 0) {
      link.timers.set(Purpose.IDLE, nowNanos + patience.idleNanos());
    }
  }

  void onOctets(StreamLink link, Bytes octets, long nowNanos) {
    intake.onOctets(link, octets, nowNanos);
    flush(link, nowNanos);
  }

  void onWritable(StreamLink link, boolean writable, long nowNanos) {
    link.writable = writable;
    if (writable) {
      link.timers.clear(Purpose.STALL);
      flush(link, nowNanos);
    } else if (!link.timers.isSet(Purpose.STALL)) {
      link.timers.set(Purpose.STALL, nowNanos + patience.stallNanos());
    }
  }

  /** The transport has closed the connection. */
  void onClosed(StreamLink link, long nowNanos) {
    if (link.partialOctets > 0 && !link.paused) {
      core.events.emit(new ConnectionEvent.CutShort(link.peer(), link.partialOctets));
    }
    end(link, lost("the connection was closed"), nowNanos);
  }

  /** Asks the peer to close the connection (RFC 8323, Section 5.5). */
  void release(StreamLink link, long nowNanos) {
    signals.release(link, nowNanos);
  }

  /** Does what the machines have left behind; the last step of whatever the engine does. */
  void settle(long nowNanos) {
    for (StreamLink link : List.copyOf(links.paused)) {
      intake.resume(link, nowNanos);
      flush(link, nowNanos);
    }
    for (StreamLink link : List.copyOf(links.released)) {
      if (StreamLinks.isOpen(link) && link.isDrained()) {
        links.doom(link, link.goodbye.orElse("released"));
      }
    }
    for (var doom = links.doomed.poll(); doom != null; doom = links.doomed.poll()) {
      bury(doom, nowNanos);
    }
  }

  /** Ends all connections: in peace those that nothing is open on. */
  void close(long nowNanos) {
    settle(nowNanos);
    for (StreamLink link = links.any(); link != null; link = links.any()) {
      if (isUsed(link)) {
        sender.lastWords(link, Signal.Abort.because(Fault.CLOSING.words()));
      } else {
        sender.signal(link, Signal.Release.because(Fault.CLOSING.words()), Bytes.empty());
      }
      core.outputs.add(new Output.Disconnect(link.peer()));
      end(link, OpenExchanges.Ending.CLOSED, nowNanos);
    }
    links.doomed.clear();
  }

  private static Signal csm(ConnectionRules rules) {
    return new Signal.Csm(OptionalLong.of(rules.maxMessageOctets()), rules.blockWiseTransfer());
  }

  /** Gives the connection up that has waited longest for its first CSM. */
  private boolean makeRoom(long nowNanos) {
    for (StreamLink eldest : links.awaitingCsm) {
      links.doom(eldest, Fault.TOO_MANY, "and no CSM on this one yet");
      settle(nowNanos);
      return true;
    }
    return false;
  }

  private void flush(StreamLink link, long nowNanos) {
    sender.flush(link, (exchange, fate) -> parts.client.onFate(exchange, fate, nowNanos));
    if (link.outbox.isEmpty()) {
      parts.observations.flush(link, nowNanos);
    }
  }

  private void bury(StreamLinks.Doom doom, long nowNanos) {
    StreamLink link = doom.link();
    sender.drop(link);
    doom.told().ifPresent(abort -> sender.lastWords(link, abort));
    core.outputs.add(new Output.Disconnect(link.peer()));
    end(link, lost(doom.reason()), nowNanos);
  }

  /** Concludes everything on a connection, which is forgotten first: nothing is sent on it. */
  private void end(StreamLink link, OpenExchanges.Ending ending, long nowNanos) {
    links.remove(link);
    sender.drop(link);
    link.timers.clearAll();
    parts.client.onEnded(link, ending, nowNanos);
    parts.server.onEnded(link);
    parts.observations.onEnded(link, ending.observing());
    parts.pings.onEnded(link);
  }

  private static OpenExchanges.Ending lost(String reason) {
    return OpenExchanges.Ending.lost(Optional.of(reason));
  }

  private boolean isUsed(StreamLink link) {
    return !link.exchanges.isEmpty() || !link.requests.isEmpty() || parts.observations.hasAny(link);
  }

  // ---- time

  private void onExpired(StreamLink link, Purpose purpose, long nowNanos) {
    switch (purpose) {
      case CSM -> links.doom(link, Fault.CSM_MISSING, "");
      case MESSAGE -> links.doom(link, Fault.SLOW_MESSAGE, "");
      case STALL -> links.doom(link, Fault.NOT_READING, "");
      case GOODBYE -> links.doom(link, Fault.LINGERING, "");
      case IDLE -> onIdle(link, nowNanos);
    }
  }

  /** An unused connection is released; on a used one it is asked whether the peer is there. */
  private void onIdle(StreamLink link, long nowNanos) {
    long dueNanos = link.heardNanos + patience.idleNanos();
    if (dueNanos - nowNanos > 0) {
      link.probed = false;
      link.timers.set(Purpose.IDLE, dueNanos);
    } else if (link.probed) {
      links.doom(link, Fault.SILENT, "");
    } else if (isUsed(link)) {
      link.probed = true;
      parts.pings.probe(link);
      link.timers.set(Purpose.IDLE, nowNanos + patience.probeNanos());
    } else {
      signals.release(link, nowNanos);
    }
  }
}
