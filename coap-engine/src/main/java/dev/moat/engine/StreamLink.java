package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.signal.ConnectionStart;
import dev.moat.coap.signal.PeerCapabilities;
import dev.moat.engine.stream.Connection;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.MessageReader;
import dev.moat.engine.stream.MessageRoom;
import dev.moat.engine.stream.Outbox;
import dev.moat.engine.stream.SignalBudget;
import dev.moat.engine.table.PeerEntry;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** One connection and what hangs on it. Owned by {@link StreamLinks}; used by the machines. */
final class StreamLink extends PeerEntry {
  final Connection connection;
  final MessageReader reader;
  final ConnectionStart start = new ConnectionStart();
  final SignalBudget signals;
  final StreamTimers.OfLink timers;

  /** What may not leave yet. */
  final Outbox<Outbound> outbox = new Outbox<>();

  /** Requests of ours, by token. */
  final Map<Bytes, Outbound> exchanges = new LinkedHashMap<>(4);

  /** Requests of the peer that wait for their answer, in the order of their coming. */
  final Set<Inbound> requests = new LinkedHashSet<>(4);

  /** Relations whose newest state waits until the peer reads. */
  final Set<Observation> unsentStates = new LinkedHashSet<>(2);

  /** Pings of the peer that are answered when all requests before them are. */
  final Queue<StreamSignals.Custody> custody = new ArrayDeque<>(0);

  /** Pings of ours, by token. */
  final Map<Bytes, StreamPings.Open> pings = new LinkedHashMap<>(2);

  PeerCapabilities capabilities = PeerCapabilities.base();
  Stage stage = Stage.OPEN;
  boolean writable = true;

  /** True while octets that came wait until a request is answered. */
  boolean paused;

  /** Why no new requests of ours go out. */
  Optional<String> goodbye = Optional.empty();

  /** Octets of a message that is not complete. */
  int partialOctets;

  long heardNanos;
  boolean probed;
  long pingsSent;

  StreamLink(
      Peer peer, Connection connection, ConnectionRules rules, StreamTimers timers, long now) {
    super(peer);
    this.connection = connection;
    this.reader = MessageReader.of(connection.framing(), rules.maxMessageOctets());
    this.signals = new SignalBudget(rules.limits(), now);
    this.timers = timers.of(this);
    this.heardNanos = now;
  }

  /** True once the peer's CSM has come. */
  boolean isEstablished() {
    return start.isEstablished();
  }

  /** True when nothing is left that a released connection waits for. */
  boolean isDrained() {
    return requests.isEmpty()
        && outbox.isEmpty()
        && exchanges.values().stream().allMatch(Outbound::isObserving);
  }

  MessageRoom room(ConnectionRules rules) {
    return MessageRoom.of(rules, capabilities);
  }

  enum Stage {
    OPEN,
    /** A Release was sent or received: what is outstanding ends, nothing new begins. */
    RELEASED,
    /** To be ended before the engine returns to its caller. */
    DOOMED,
    /** No longer in the table. */
    OVER
  }
}
