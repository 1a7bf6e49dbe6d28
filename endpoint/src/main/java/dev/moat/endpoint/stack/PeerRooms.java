package dev.moat.endpoint.stack;

import dev.moat.coap.service.Peer;
import dev.moat.engine.StreamEngine;
import dev.moat.engine.stream.MessageRoom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What one message to each peer can hold, and who waits to know: until the peer's CSM has come only
 * the base values count (RFC 8323, Section 5.3). Owned by the stack; bounded by the time that the
 * engine gives a CSM, and in number.
 */
final class PeerRooms {
  private static final int MAX_WAITING = 1_024;

  private final StreamEngine engine;
  private final Map<Peer, CompletableFuture<Void>> waiting = new LinkedHashMap<>();
  private int number;

  PeerRooms(StreamEngine engine) {
    this.engine = engine;
  }

  /** The room now; empty without a connection. */
  Optional<MessageRoom> room(Peer peer) {
    return engine.room(peer);
  }

  /** True when it pays to wait for the peer's CSM. */
  boolean isToCome(Peer peer) {
    return engine.isAwaitingCapabilities(peer) && number < MAX_WAITING;
  }

  /** Completes when the peer's CSM has come, or will never come. */
  CompletionStage<Void> known(Peer peer) {
    number++;
    return waiting.computeIfAbsent(peer, p -> new CompletableFuture<>()).thenRun(() -> number--);
  }

  /** Something happened: whoever knows enough goes on. */
  void refresh() {
    for (Peer peer : List.copyOf(waiting.keySet())) {
      CompletableFuture<Void> known = waiting.get(peer);
      if (known != null && !engine.isAwaitingCapabilities(peer)) {
        waiting.remove(peer);
        known.complete(null);
      }
    }
  }
}
