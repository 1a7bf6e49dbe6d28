package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Request;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Chooses the token of each request of ours. Owned by one engine.
 *
 * <p>A source that repeats a token lets a late response match a later request (draft Attacks on
 * CoAP, Section 2.3): only demonstrations of that attack want one.
 */
@FunctionalInterface
public interface TokenSource {
  /** How often {@link #next} is asked for one request. */
  int TRIES = 8;

  /**
   * The token for {@code request}; asked again when that token is still in use towards the same
   * peer.
   */
  Bytes next(Request request);

  /**
   * A token for {@code request} that is not {@code inUse} towards its peer (RFC 7252, Section
   * 5.3.1); empty when there is none. By default {@link #next} is asked, a few times if need be.
   */
  default Optional<Bytes> choose(Request request, Predicate<Bytes> inUse) {
    for (int i = 0; i < TRIES; i++) {
      Bytes token = next(request);
      if (!inUse.test(token)) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
  }

  /** Makes the source of a new engine, so that one configuration can serve many engines. */
  @FunctionalInterface
  interface Factory {
    /** A new source. */
    TokenSource create(RandomSource random);
  }
}
