package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.suite.EdhocHash;

/**
 * EDHOC_Extract, EDHOC_Expand, EDHOC_KDF and the hash of transcripts, all by the EDHOC hash
 * algorithm of one cipher suite (RFC 9528, Section 4.1). May be shared among threads.
 */
public sealed interface Kdf permits HkdfKdf, KmacKdf {
  /** The functions of {@code hash}. */
  static Kdf of(Primitives primitives, EdhocHash hash) {
    return hash.sha2().isPresent()
        ? new HkdfKdf(primitives.symmetric(), hash.sha2().get())
        : new KmacKdf(primitives.keccak());
  }

  /** Length of the hash in octets: hash_length. */
  int hashOctets();

  /** How many octets one call of {@link #derive} can yield. */
  int maxOctets();

  /** The hash of a transcript. */
  Bytes hash(Bytes input);

  /** EDHOC_Extract (Section 4.1.1); the caller closes the result. */
  SecretBytes extract(SecretBytes salt, SecretBytes inputKeyingMaterial);

  /** EDHOC_Expand (Section 4.1.2); the caller closes the result. */
  SecretBytes expand(SecretBytes pseudorandomKey, Bytes info, int octets);

  /**
   * EDHOC_KDF (Section 4.1.2); the caller closes the result.
   *
   * @param octets 1 to {@link #maxOctets()}
   */
  default SecretBytes derive(SecretBytes pseudorandomKey, int label, Bytes context, int octets) {
    return expand(pseudorandomKey, info(label, context, octets), octets);
  }

  /** The CBOR sequence {@code info} of EDHOC_KDF (Section 4.1.2). */
  static Bytes info(int label, Bytes context, int octets) {
    return new CborWriter().integer(label).bytes(context).integer(octets).toBytes();
  }
}
