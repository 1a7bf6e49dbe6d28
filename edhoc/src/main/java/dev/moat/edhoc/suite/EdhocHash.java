package dev.moat.edhoc.suite;

import dev.moat.crypto.HashAlgorithm;
import java.util.Optional;

/**
 * The EDHOC hash algorithm of a suite, which also decides between HKDF and KMAC (RFC 9528, Section
 * 4.1).
 */
public enum EdhocHash {
  /** SHA-256 with HKDF. */
  SHA_256(-16, 32, HashAlgorithm.SHA_256),
  /** SHA-384 with HKDF. */
  SHA_384(-43, 48, HashAlgorithm.SHA_384),
  /** SHAKE256 with an output of 64 octets (RFC 9054, Section 3.3), with KMAC256. */
  SHAKE_256(-45, 64);

  private final int id;
  private final int octets;
  private final Optional<HashAlgorithm> sha2;

  EdhocHash(int id, int octets, HashAlgorithm sha2) {
    this.id = id;
    this.octets = octets;
    this.sha2 = Optional.of(sha2);
  }

  EdhocHash(int id, int octets) {
    this.id = id;
    this.octets = octets;
    this.sha2 = Optional.empty();
  }

  /** The identifier in the COSE Algorithms registry (RFC 9054). */
  public int id() {
    return id;
  }

  /** hash_length, in octets. */
  public int octets() {
    return octets;
  }

  /** The hash for HKDF; empty for SHAKE, which goes with KMAC. */
  public Optional<HashAlgorithm> sha2() {
    return sha2;
  }
}
