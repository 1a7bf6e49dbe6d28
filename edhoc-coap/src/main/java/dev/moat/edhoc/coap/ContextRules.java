package dev.moat.edhoc.coap;

import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.ReplayWindow;
import dev.moat.oscore.rekey.FreshContexts;
import java.util.Optional;

/**
 * What becomes of a finished session: how its security context is made and recorded, and what is
 * local to it (RFC 8613, Section 3.2). Both sides have to agree on the length of the salt.
 *
 * @param contexts makes contexts, and records those that outlive the process
 * @param saltOctets oscore_salt_length (RFC 9528, Appendix A.1)
 * @param replayWindow how many sequence numbers are remembered, 0 to 64
 * @param keyUsageLimits how often the keys may be used; empty: what suits the algorithm
 */
public record ContextRules(
    FreshContexts contexts,
    int saltOctets,
    int replayWindow,
    Optional<KeyUsageLimits> keyUsageLimits) {
  private static final int SALT_OCTETS = 8;

  /** Checks the ranges. */
  public ContextRules {
    if (saltOctets < 1 || saltOctets > 64) {
      throw new IllegalArgumentException("a Master Salt has 1 to 64 octets, not " + saltOctets);
    }
    if (replayWindow < 0 || replayWindow > ReplayWindow.MAX_SIZE) {
      throw new IllegalArgumentException("a replay window of " + replayWindow + "; 0 to 64");
    }
  }

  /** Contexts made by {@code contexts}, with all defaults. */
  public static ContextRules of(FreshContexts contexts) {
    return new ContextRules(contexts, SALT_OCTETS, ReplayWindow.DEFAULT_SIZE, Optional.empty());
  }

  /** Contexts that end with the process, with all defaults. */
  public static ContextRules inMemory(Crypto crypto) {
    return of(FreshContexts.inMemory(crypto));
  }

  /** This with another length of the salt. */
  public ContextRules withSaltOctets(int octets) {
    return new ContextRules(contexts, octets, replayWindow, keyUsageLimits);
  }

  /** This with another replay window. */
  public ContextRules withReplayWindow(int size) {
    return new ContextRules(contexts, saltOctets, size, keyUsageLimits);
  }

  /** This with limits on the use of keys. */
  public ContextRules withKeyUsageLimits(KeyUsageLimits limits) {
    return new ContextRules(contexts, saltOctets, replayWindow, Optional.of(limits));
  }
}
