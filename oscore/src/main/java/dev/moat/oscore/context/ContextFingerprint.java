package dev.moat.oscore.context;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.Crypto;

/**
 * Names a security context without telling anything about its keys: the same for the same
 * parameters in every process, another one for the peer's view. What is durable about a context is
 * kept under it.
 *
 * @param octets 16 octets
 */
public record ContextFingerprint(Bytes octets) {
  /** Length in octets. */
  public static final int LENGTH_OCTETS = 16;

  /** Checks the length. */
  public ContextFingerprint {
    if (octets.length() != LENGTH_OCTETS) {
      throw new IllegalArgumentException("a fingerprint of " + octets.length() + " octets; not 16");
    }
  }

  /** The fingerprint of the context that {@code parameters} derive. */
  public static ContextFingerprint of(ContextParameters parameters, Crypto crypto) {
    try (KeySchedule schedule = new KeySchedule(parameters, crypto)) {
      return schedule.fingerprint();
    }
  }

  /** Hexadecimal digits. */
  @Override
  public String toString() {
    return octets.toHex();
  }
}
