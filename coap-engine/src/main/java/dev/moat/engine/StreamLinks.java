package dev.moat.engine;

import dev.moat.coap.service.Peer;
import dev.moat.coap.signal.Signal;
import dev.moat.engine.StreamLink.Stage;
import dev.moat.engine.stream.ConnectionEvent;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.Fault;
import dev.moat.engine.table.PeerTable;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one engine, and which of them wait for what. A connection that is to end is
 * doomed here at once, and ended when the machine that found out is done.
 */
final class StreamLinks {
  final ConnectionRules rules;
  private final EngineCore core;
  private final PeerTable<StreamLink> table;

  /** Without the peer's CSM, oldest first. */
  final Set<StreamLink> awaitingCsm = new LinkedHashSet<>();

  /** With a message that is not complete, in the order of their beginning. */
  final Set<StreamLink> unfinished = new LinkedHashSet<>();

  /** With octets that wait until a request is answered. */
  final Set<StreamLink> paused = new LinkedHashSet<>();

  /** That the peer wants closed. */
  final Set<StreamLink> released = new LinkedHashSet<>();

  final Queue<Doom> doomed = new ArrayDeque<>();
  long partialOctets;

  StreamLinks(EngineCore core, ConnectionRules rules) {
    this.core = core;
    this.rules = rules;
    this.table = new PeerTable<>(core.random.positiveLong());
  }

  /** The connection with {@code peer}; null when there is none, or it is about to end. */
  @Nullable StreamLink find(Peer peer) {
    StreamLink link = table.find(peer);
    return link == null || link.stage == Stage.DOOMED ? null : link;
  }

  /** Any connection, or null when there is none. */
  @Nullable StreamLink any() {
    return table.oldest();
  }

  /** The connection with {@code peer}, also one that is about to end; null when there is none. */
  @Nullable StreamLink findAny(Peer peer) {
    return table.find(peer);
  }

  void add(StreamLink link) {
    table.add(link);
    awaitingCsm.add(link);
  }

  void remove(StreamLink link) {
    link.stage = Stage.OVER;
    table.remove(link);
    awaitingCsm.remove(link);
    unfinished.remove(link);
    paused.remove(link);
    released.remove(link);
    partialOctets -= link.partialOctets;
    link.partialOctets = 0;
  }

  int size() {
    return table.size();
  }

  /** Ends a connection for {@code fault}, with an Abort when it can be told (RFC 8323, 5.6). */
  void doom(StreamLink link, Fault fault, String detail) {
    String words = detail.isEmpty() ? fault.words() : fault.words() + ": " + detail;
    doom(link, fault, detail, Signal.Abort.because(words));
  }

  /** As {@link #doom(StreamLink, Fault, String)}, with this Abort. */
  void doom(StreamLink link, Fault fault, String detail, Signal.Abort abort) {
    if (isOpen(link)) {
      core.events.emit(new ConnectionEvent.Aborted(link.peer(), fault, detail));
      Optional<Signal.Abort> told = fault.isTold() ? Optional.of(abort) : Optional.empty();
      doom(link, told, "the connection was ended: " + fault.words());
    }
  }

  /** Ends a connection without a word. */
  void doom(StreamLink link, String reason) {
    if (isOpen(link)) {
      doom(link, Optional.empty(), reason);
    }
  }

  private void doom(StreamLink link, Optional<Signal.Abort> told, String reason) {
    link.stage = Stage.DOOMED;
    doomed.add(new Doom(link, told, reason));
  }

  static boolean isOpen(StreamLink link) {
    return link.stage == Stage.OPEN || link.stage == Stage.RELEASED;
  }

  /** A connection that is about to end. */
  record Doom(StreamLink link, Optional<Signal.Abort> told, String reason) {}
}
