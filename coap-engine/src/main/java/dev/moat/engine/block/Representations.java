package dev.moat.engine.block;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.Optional;

/**
 * Response bodies of several blocks, kept whole so that later blocks come from the same
 * representation (RFC 7959, Section 2.4). Losing one costs a new execution of a safe request, or a
 * 4.08.
 *
 * <p>What a safe request was answered expires a lifetime after it was made, so that whoever polls
 * one later block sees a new state in time. The answer to an executed unsafe request cannot become
 * stale, nor be had again: it expires a lifetime after its last use. Owned by one event loop.
 */
final class Representations {
  /**
   * Longer request bodies came in blocks themselves; later requests do not repeat them (RFC 7959,
   * Section 2.7).
   */
  private static final int MAX_REPEATED_OCTETS = 1024;

  private final PeerStore<Kept> kept;

  Representations(StoreLimits limits) {
    kept = new PeerStore<>(limits, true);
  }

  int size() {
    return kept.size();
  }

  void keep(Request request, Response whole, long nowNanos) {
    Bytes body = request.payload();
    Kept value =
        new Kept(whole, body.length() > MAX_REPEATED_OCTETS ? Bytes.empty() : body.compact());
    boolean proven = request.context().find(Arrival.KEY).map(Arrival::addressProven).orElse(false);
    int octets = whole.payload().length() + value.requestBody().length();
    // Without room the transfer goes on as far as re-execution carries it.
    var unused =
        kept.put(BlockKey.of(request), new PeerStore.Entry<>(value, octets, proven, nowNanos));
  }

  /** The representation that {@code request} asks a later block of. */
  Optional<Response> find(Request request, long nowNanos) {
    BlockKey key = BlockKey.of(request);
    boolean mayBecomeStale = request.method().isSafe();
    return (mayBecomeStale ? kept.find(key, nowNanos) : kept.use(key, nowNanos))
        .filter(k -> request.payload().isEmpty() || request.payload().equals(k.requestBody()))
        .map(Kept::whole);
  }

  private record Kept(Response whole, Bytes requestBody) {}
}
