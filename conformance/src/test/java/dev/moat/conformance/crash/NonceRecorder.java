package dev.moat.conformance.crash;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.InsecureWatchedCrypto;
import java.util.function.Consumer;

/** Reports every pair of key and nonce before anything is sealed with it. */
final class NonceRecorder extends InsecureWatchedCrypto {
  private final Consumer<Seal> record;

  NonceRecorder(Crypto crypto, Consumer<Seal> record) {
    super(crypto);
    this.record = record;
  }

  @Override
  protected void sealing(Bytes key, Bytes nonce) {
    record.accept(Seal.of(new ByteReader(key).uint(Long.BYTES), nonce));
  }
}
