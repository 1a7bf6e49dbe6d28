package dev.moat.conformance.crash;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;

/** Reports every pair of key and nonce before anything is sealed with it. */
final class NonceRecorder implements Crypto {
  private final Crypto crypto;
  private final Consumer<Seal> record;

  NonceRecorder(Crypto crypto, Consumer<Seal> record) {
    this.crypto = crypto;
    this.record = record;
  }

  @Override
  public Aead aead(AeadAlgorithm algorithm, SecretBytes key) {
    return new RecordingAead(crypto.aead(algorithm, key), key.use(NonceRecorder::name));
  }

  private static long name(byte[] key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return new ByteReader(Bytes.owned(hash)).uint(Long.BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public SecretBytes hkdfExtract(HashAlgorithm hash, Bytes salt, SecretBytes input) {
    return crypto.hkdfExtract(hash, salt, input);
  }

  @Override
  public SecretBytes hkdfExpand(HashAlgorithm hash, SecretBytes key, Bytes info, int octets) {
    return crypto.hkdfExpand(hash, key, info, octets);
  }

  private final class RecordingAead implements Aead {
    private final Aead aead;
    private final long key;

    RecordingAead(Aead aead, long key) {
      this.aead = aead;
      this.key = key;
    }

    @Override
    public AeadAlgorithm algorithm() {
      return aead.algorithm();
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int from, int length) {
      record.accept(Seal.of(key, nonce));
      aead.seal(nonce, aad, aadLength, buffer, from, length);
    }

    @Override
    public boolean open(
        byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int from, int length) {
      return aead.open(nonce, aad, aadLength, buffer, from, length);
    }

    @Override
    public void close() {
      aead.close();
    }
  }
}
