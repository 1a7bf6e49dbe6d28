package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsecureWatchedCryptoTest {
  private static final byte[] NONCE = new byte[13];
  private static final byte[] AAD = {7, 8, 9};

  private final List<String> seen = new ArrayList<>();
  private final Crypto watched = new Watching();

  @Test
  void showsWhatIsSealedAndOpened() {
    byte[] buffer = new byte[9];
    buffer[0] = 5;
    try (Aead aead = aead()) {
      aead.seal(NONCE, AAD, 2, buffer, 0, 1);
      String ciphertext = Bytes.copyOf(buffer).toHex();
      assertThat(aead.open(NONCE, AAD, 2, buffer, 0, 9)).isTrue();
      String use = " 0708 05 " + ciphertext;
      assertThat(seen).containsExactly("sealing", "sealed" + use, "opened" + use);
    }
  }

  @Test
  void showsNothingOfWhatFailsToVerify() {
    try (Aead aead = aead()) {
      assertThat(aead.open(NONCE, AAD, 3, new byte[9], 0, 9)).isFalse();
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void doesNotSealWhatTheWatchRefuses() {
    Crypto refusing =
        new InsecureWatchedCrypto(JdkCrypto.create()) {
          @Override
          protected void sealing(Bytes key, Bytes nonce) {
            throw new IllegalStateException("seen before");
          }
        };
    byte[] buffer = new byte[9];
    try (SecretBytes key = SecretBytes.copyOf(new byte[16]);
        Aead aead = refusing.aead(AeadAlgorithm.AES_CCM_16_64_128, key)) {
      assertThatThrownBy(() -> aead.seal(NONCE, AAD, 3, buffer, 0, 1)).hasMessage("seen before");
    }
    assertThat(buffer).containsOnly(0);
  }

  @Test
  void printsNoKeyAndNoPlaintext() {
    Bytes secret = Bytes.hex("0badc0de");
    var use = new InsecureWatchedCrypto.Use(secret, Bytes.of(1), Bytes.of(2), secret, Bytes.of(3));
    assertThat(use.toString()).contains("01").doesNotContain("0badc0de");
  }

  @Test
  void derivesAsTheOtherDoes() {
    try (SecretBytes input = SecretBytes.copyOf(new byte[32])) {
      Crypto plain = JdkCrypto.create();
      HashAlgorithm hash = HashAlgorithm.SHA_256;
      assertThat(watched.hkdfExtract(hash, Bytes.of(1), input))
          .isEqualTo(plain.hkdfExtract(hash, Bytes.of(1), input));
      assertThat(watched.hkdfExpand(hash, input, Bytes.of(1), 16))
          .isEqualTo(plain.hkdfExpand(hash, input, Bytes.of(1), 16));
    }
  }

  private Aead aead() {
    try (SecretBytes key = SecretBytes.copyOf(new byte[16])) {
      return watched.aead(AeadAlgorithm.AES_CCM_16_64_128, key);
    }
  }

  private final class Watching extends InsecureWatchedCrypto {
    Watching() {
      super(JdkCrypto.create());
    }

    @Override
    protected void sealing(Bytes key, Bytes nonce) {
      seen.add("sealing");
    }

    @Override
    protected void sealed(Use use) {
      seen.add("sealed" + said(use));
    }

    @Override
    protected void opened(Use use) {
      seen.add("opened" + said(use));
    }

    private static String said(Use use) {
      return " "
          + use.aad().toHex()
          + " "
          + use.plaintext().toHex()
          + " "
          + use.ciphertext().toHex();
    }
  }
}
