package dev.moat.cose.credential;

import java.time.Instant;

/**
 * Says which credential a claimed identity stands for, and whether it is trusted. Implementations
 * may be shared among threads, do not block, and never trust what nobody has vouched for.
 */
@FunctionalInterface
public interface CredentialStore {
  /**
   * Judges a claim.
   *
   * @param claimed as the message has it, not yet authenticated
   * @param now the time for which validity is judged
   */
  Resolution resolve(IdCred claimed, Instant now);
}
