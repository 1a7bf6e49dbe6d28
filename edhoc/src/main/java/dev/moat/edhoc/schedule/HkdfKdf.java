package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;

/** With SHA-2, Extract and Expand are those of HKDF (RFC 5869). */
record HkdfKdf(Crypto crypto, HashAlgorithm hash) implements Kdf {
  /** HKDF counts its blocks in one octet (RFC 5869, Section 2.3). */
  private static final int MAX_BLOCKS = 255;

  @Override
  public int hashOctets() {
    return hash.octets();
  }

  @Override
  public int maxOctets() {
    return MAX_BLOCKS * hash.octets();
  }

  @Override
  public Bytes hash(Bytes input) {
    return crypto.hash(hash, input);
  }

  @Override
  public SecretBytes extract(SecretBytes salt, SecretBytes inputKeyingMaterial) {
    return crypto.hkdfExtract(hash, salt, inputKeyingMaterial);
  }

  @Override
  public SecretBytes expand(SecretBytes pseudorandomKey, Bytes info, int octets) {
    return crypto.hkdfExpand(hash, pseudorandomKey, info, octets);
  }
}
