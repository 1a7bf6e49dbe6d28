package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.FreshContexts;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a server keeps for one client. Safe to share among threads. */
final class RederivingPeer {
  private final ContextParameters parameters;
  private final AtomicReference<@Nullable ChallengeKey> challengeKey = new AtomicReference<>();
  private final AtomicReference<@Nullable SecurityContext> current = new AtomicReference<>();

  RederivingPeer(ContextParameters parameters) {
    this.parameters = parameters;
  }

  ContextParameters parameters(Bytes idContext) {
    return parameters.toBuilder().idContext(idContext).build();
  }

  SecurityContext temporary(Bytes idContext, Crypto crypto) {
    try (ContextParameters derived = parameters(idContext)) {
      return FreshContexts.unrecorded(derived, crypto);
    }
  }

  /** The key by which {@code idContext} began, if it is still good. */
  @Nullable ChallengeKey keyOf(Bytes idContext, long nowNanos) {
    ChallengeKey key = challengeKey.get();
    return key != null && !key.isExpired(nowNanos) && key.began(idContext) ? key : null;
  }

  /** A fresh R2, by the present key or a new one. */
  Bytes challenge(Crypto crypto, RandomSource random, long nowNanos, long lifetimeNanos) {
    while (true) {
      ChallengeKey key = challengeKey.get();
      if (key != null && !key.isExpired(nowNanos)) {
        return key.mint(random);
      }
      ChallengeKey fresh = new ChallengeKey(crypto, random, nowNanos + lifetimeNanos);
      if (challengeKey.compareAndSet(key, fresh)) {
        return fresh.mint(random);
      }
    }
  }

  /** Ends all runs that began by {@code key}; false when one of them was completed before. */
  boolean complete(ChallengeKey key) {
    return challengeKey.compareAndSet(key, null);
  }

  /** Makes {@code fresh} the client's context and returns the one before. */
  @Nullable SecurityContext replace(SecurityContext fresh) {
    return current.getAndSet(fresh);
  }
}
