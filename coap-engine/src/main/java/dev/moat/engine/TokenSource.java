package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Request;

/**
 * Chooses the token of each request of ours. Owned by one engine.
 *
 * <p>A source that repeats a token lets a late response match a later request (draft Attacks on
 * CoAP, Section 2.3): only demonstrations of that attack want one.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * The token for {@code request}; asked again when that token is still in use towards the same
   * peer.
   */
  Bytes next(Request request);

  /** Makes the source of a new engine, so that one configuration can serve many engines. */
  @FunctionalInterface
  interface Factory {
    /** A new source. */
    TokenSource create(RandomSource random);
  }
}
