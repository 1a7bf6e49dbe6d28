package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseKey;
import dev.moat.cose.Encrypt0;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** COSE structures that an attacker makes up (RFC 9052). */
final class CoseFuzzTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();

  static Stream<byte[]> messages() {
    return Seeds.coseMessages();
  }

  /** Keys for any and for one algorithm, with a Base IV and a use, and one of another type. */
  static Stream<byte[]> keys() {
    return Stream.of("a20104204101", "a30104030a204101", "a40104048203040541012041ff", "a10102")
        .map(Bytes::hex)
        .map(Bytes::toArray);
  }

  /** A message has one form with its tag and one without. */
  @MethodSource("messages")
  @FuzzTest
  void readsAndWritesOrRefuses(@NotNull byte[] octets) {
    Bytes source = Bytes.copyOf(octets);
    Encrypt0 message;
    try {
      message = Encrypt0.decode(source);
    } catch (CoseException refused) {
      assertThat(refused.reason()).isNotNull();
      return;
    }
    assertThat(source).isIn(message.encode(), message.encodeUntagged());
  }

  /** The key is nobody's, so that no message holds. */
  @MethodSource("messages")
  @FuzzTest
  void neverOpensWithoutTheKey(@NotNull byte[] octets) {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      try (SecretBytes secret = SecretBytes.copyOf(new byte[algorithm.keyOctets()]);
          CoseKey key = CoseKey.symmetric(algorithm, secret)) {
        Bytes opened =
            Encrypt0.decode(Bytes.copyOf(octets)).decrypt(CRYPTO, key, Bytes.utf8("not sent"));
        throw new AssertionError("opened " + opened);
      } catch (CoseException refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }
  }

  @MethodSource("keys")
  @FuzzTest
  void readsKeysOrRefuses(@NotNull byte[] octets) {
    try (SecretBytes encoded = SecretBytes.copyOf(octets);
        CoseKey key = CoseKey.decode(encoded)) {
      assertThat(key.secret().length()).isPositive();
    } catch (CoseException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }
}
