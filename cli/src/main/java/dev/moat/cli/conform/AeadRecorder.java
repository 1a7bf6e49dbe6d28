package dev.moat.cli.conform;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.JdkCrypto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cryptography of production, with a record of what it is given: for comparing every field. */
final class AeadRecorder implements Crypto {
  private final Crypto crypto = JdkCrypto.create();
  private final List<Call> calls = new ArrayList<>();

  /** What was sealed or opened last; empty when the last attempt to open failed, or none was. */
  Optional<Call> last() {
    return calls.isEmpty() ? Optional.empty() : Optional.of(calls.get(calls.size() - 1));
  }

  /** Forgets what was recorded. */
  void clear() {
    calls.clear();
  }

  @Override
  public Aead aead(AeadAlgorithm algorithm, SecretBytes key) {
    return new Recorded(crypto.aead(algorithm, key), key.use(Bytes::copyOf));
  }

  @Override
  public SecretBytes hkdfExtract(HashAlgorithm hash, Bytes salt, SecretBytes input) {
    return crypto.hkdfExtract(hash, salt, input);
  }

  @Override
  public SecretBytes hkdfExpand(HashAlgorithm hash, SecretBytes key, Bytes info, int octets) {
    return crypto.hkdfExpand(hash, key, info, octets);
  }

  /** One message that was sealed or opened. */
  record Call(Bytes key, Bytes nonce, Bytes aad, Bytes plaintext, Bytes ciphertext) {}

  private final class Recorded implements Aead {
    private final Aead aead;
    private final Bytes key;

    Recorded(Aead aead, Bytes key) {
      this.aead = aead;
      this.key = key;
    }

    @Override
    public AeadAlgorithm algorithm() {
      return aead.algorithm();
    }

    @Override
    public void seal(
        byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
      Bytes plaintext = Bytes.copyOf(buffer, offset, length);
      aead.seal(nonce, aad, aadLength, buffer, offset, length);
      Bytes ciphertext = Bytes.copyOf(buffer, offset, length + algorithm().tagOctets());
      note(nonce, Bytes.copyOf(aad, 0, aadLength), plaintext, ciphertext);
    }

    @Override
    public boolean open(
        byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
      Bytes ciphertext = Bytes.copyOf(buffer, offset, length);
      boolean opened = aead.open(nonce, aad, aadLength, buffer, offset, length);
      if (opened) {
        Bytes plaintext = Bytes.copyOf(buffer, offset, length - algorithm().tagOctets());
        note(nonce, Bytes.copyOf(aad, 0, aadLength), plaintext, ciphertext);
      }
      return opened;
    }

    private void note(byte[] nonce, Bytes aad, Bytes plaintext, Bytes ciphertext) {
      calls.add(new Call(key, Bytes.copyOf(nonce), aad, plaintext, ciphertext));
    }

    @Override
    public void close() {
      aead.close();
    }
  }
}
