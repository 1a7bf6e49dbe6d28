package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Peer;
import dev.moat.engine.reliability.MessageIds;
import dev.moat.engine.table.PeerEntry;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What is kept for one peer to which this engine sends messages with Message IDs of its own. */
final class Remote extends PeerEntry {
  final MessageIds messageIds;

  /** What may still be acknowledged or reset, by Message ID. */
  final Map<Integer, Transmission> inFlight = new HashMap<>(4);

  /** Requests that wait for a response, and observations, by token; the oldest first. */
  final Map<Bytes, Outbound> exchanges = new LinkedHashMap<>(4);

  /** Interactions that NSTART counts (RFC 7252, Section 4.7). */
  int outstanding;

  long lastUseNanos;
  private @Nullable Queue<Transmission> queue;

  Remote(Peer peer, RandomSource random) {
    super(peer);
    messageIds = new MessageIds(random);
  }

  /** What NSTART holds back. */
  Queue<Transmission> queue() {
    if (queue == null) {
      queue = new ArrayDeque<>();
    }
    return queue;
  }

  int queued() {
    return queue == null ? 0 : queue.size();
  }

  boolean isIdle() {
    return outstanding == 0 && inFlight.isEmpty() && exchanges.isEmpty() && queued() == 0;
  }
}
