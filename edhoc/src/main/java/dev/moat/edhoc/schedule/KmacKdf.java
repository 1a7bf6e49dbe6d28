package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Keccak;

/** With SHAKE256, Extract and Expand are KMAC256 (RFC 9528, Section 4.1). */
record KmacKdf(Keccak keccak) implements Kdf {
  /** 512 bits, as EDHOC_Extract says and as the hash is long (Section 4.1.1; RFC 9053, 2.1). */
  private static final int OCTETS = 64;

  @Override
  public int hashOctets() {
    return OCTETS;
  }

  @Override
  public int maxOctets() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Bytes hash(Bytes input) {
    return keccak.shake256(input, OCTETS);
  }

  @Override
  public SecretBytes extract(SecretBytes salt, SecretBytes inputKeyingMaterial) {
    return keccak.kmac256(salt, inputKeyingMaterial, OCTETS);
  }

  @Override
  public SecretBytes expand(SecretBytes pseudorandomKey, Bytes info, int octets) {
    try (SecretBytes input = SecretBytes.copyOf(info.toArray())) {
      return keccak.kmac256(pseudorandomKey, input, octets);
    }
  }
}
