package dev.moat.oscore.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.JdkCrypto;
import java.util.HashSet;
import java.util.Set;

/** Fails when one key seals two messages under one nonce. Survives the restarts of endpoints. */
public final class NonceLedger implements Crypto {
  private final Crypto crypto = JdkCrypto.create();
  private final Set<Bytes> used = new HashSet<>();
  private Sealed last = new Sealed(Bytes.empty(), Bytes.empty(), Bytes.empty());

  /** How many messages were sealed. */
  public int size() {
    return used.size();
  }

  /** The inputs of the message sealed last. */
  public Sealed last() {
    return last;
  }

  /** What went into one message besides the key. */
  public record Sealed(Bytes nonce, Bytes aad, Bytes plaintext) {}

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
      assertThat(used.add(key.plus(Bytes.copyOf(nonce)))).as("key and nonce are new").isTrue();
      last =
          new Sealed(
              Bytes.copyOf(nonce),
              Bytes.copyOf(aad, 0, aadLength),
              Bytes.copyOf(buffer, offset, length));
      aead.seal(nonce, aad, aadLength, buffer, offset, length);
    }

    @Override
    public boolean open(
        byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
      return aead.open(nonce, aad, aadLength, buffer, offset, length);
    }

    @Override
    public void close() {
      aead.close();
    }
  }
}
