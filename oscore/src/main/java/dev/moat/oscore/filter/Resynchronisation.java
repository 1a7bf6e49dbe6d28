package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Decides when a request may make a lost replay window trusted again (RFC 8613, Appendix B.1.2).
 *
 * <p>An Echo value proves that its request is younger than the value, not that it was never
 * received. So only values count that were made after this context was first challenged here: one
 * from before the window was lost could come with a captured request that was executed then.
 *
 * <p>While the window is not trusted, anyone can replay what was captured before it was lost. Since
 * a challenge is sealed under the Sender Key, which wears out, only a request with a higher Partial
 * IV than all before gets one of its own: copies of it get the same ciphertext again, for each of a
 * few addresses, since an Echo value is good for one; older ones are replays.
 *
 * <p>Bounded by the contexts that are alive and not trusted.
 */
final class Resynchronisation {
  /** Values tell time in milliseconds, rounded against whoever presents them. */
  private static final long CLOCK_TICK_NANOS = 2_000_000;

  /** From how many addresses one request may seem to come from. */
  private static final int MAX_ADDRESSES = 8;

  private final FreshnessProof proof;
  private final long windowNanos;
  private final Map<SecurityContext, Challenged> challenged = new WeakHashMap<>();

  Resynchronisation(FreshnessProof proof, long windowNanos) {
    this.proof = proof;
    this.windowNanos = windowNanos;
  }

  /** True when {@code inner} was made after the first challenge for {@code context}. */
  boolean isProven(SecurityContext context, Request inner, long nowNanos) {
    Challenged known = challenged.get(context);
    Optional<Bytes> echo = inner.options().first(OptionNumber.ECHO);
    if (known == null || echo.isEmpty()) {
      return false;
    }
    long sinceNanos = nowNanos - known.sinceNanos + CLOCK_TICK_NANOS;
    return proof.isFresh(echo.get(), inner.peer(), nowNanos, Math.min(windowNanos, sinceNanos));
  }

  /**
   * The challenge that this very request got before; empty when it gets a new one.
   *
   * @throws OscoreException REPLAY for an older request than the last one that was challenged, or
   *     for one that came from too many addresses
   */
  Optional<Response> challengeGiven(VerifiedRequest request) throws OscoreException {
    Challenged known = challenged.get(request.context());
    long number = request.binding().sequenceNumber();
    if (known == null || number > known.number) {
      return Optional.empty();
    }
    Response given = number < known.number ? null : known.sealed.get(request.inner().peer());
    if (given == null && (number < known.number || known.sealed.size() == MAX_ADDRESSES)) {
      throw new OscoreException(OscoreException.Reason.REPLAY);
    }
    return Optional.ofNullable(given);
  }

  /** An Echo value whose return proves that a request is fresh. */
  Bytes echo(Request inner, long nowNanos) {
    return proof.mint(inner.peer(), nowNanos);
  }

  /** Remembers the challenge that answered {@code request}. */
  void challenged(VerifiedRequest request, Response sealed, long nowNanos) {
    Challenged known = challenged.get(request.context());
    long number = request.binding().sequenceNumber();
    Map<Peer, Response> all = new HashMap<>();
    if (known != null && known.number == number) {
      all.putAll(known.sealed);
    }
    all.put(request.inner().peer(), sealed);
    long sinceNanos = known == null ? nowNanos : known.sinceNanos;
    challenged.put(request.context(), new Challenged(sinceNanos, number, Map.copyOf(all)));
  }

  /** The window of {@code context} is trusted, and stays so. */
  void concluded(SecurityContext context) {
    var unused = challenged.remove(context);
  }

  /**
   * What a context was challenged by.
   *
   * @param sinceNanos when it was for the first time
   * @param number the highest Partial IV of a request that was
   * @param sealed what that one was answered, by address
   */
  private record Challenged(long sinceNanos, long number, Map<Peer, Response> sealed) {}
}
