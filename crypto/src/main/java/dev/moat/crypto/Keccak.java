package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/** SHAKE256 (FIPS 202) and KMAC256 (NIST SP 800-185). May be shared among threads. */
public interface Keccak {
  /** The first {@code octets} octets of SHAKE256's output. */
  Bytes shake256(Bytes input, int octets);

  /** KMAC256 with an empty customization string; the caller closes the result. */
  SecretBytes kmac256(SecretBytes key, SecretBytes input, int octets);
}
