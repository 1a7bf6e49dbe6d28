package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.suite.CipherSuite;

/** The EDHOC hash algorithm of a suite. */
final class TranscriptHash {
  private TranscriptHash() {}

  static Bytes of(Primitives primitives, CipherSuite suite, Bytes input) {
    return suite
        .hash()
        .sha2()
        .map(hash -> primitives.symmetric().hash(hash, input))
        .orElseGet(() -> primitives.keccak().shake256(input, suite.hash().octets()));
  }
}
