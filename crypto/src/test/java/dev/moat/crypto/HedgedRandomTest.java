package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class HedgedRandomTest {
  /** What the wrapper is keyed with. */
  enum Keyed {
    BY_SIGNATURE,
    BY_AGREEMENT,
    BY_SHARED_SECRET
  }

  private static final RandomSource CONSTANT = target -> Arrays.fill(target, (byte) 0x5a);
  private static final Bytes LOCK = Bytes.utf8("lock 1");
  private static final Bytes NOON = Bytes.utf8("12:00");

  private final Crypto crypto = JdkCrypto.create();
  private final Curves curves = JdkCurves.create();

  @Parameter Keyed keyed;

  @Test
  @Tag("LK-060")
  @Tag("LK-061")
  void differsFromCallToCallOverAConstantSource() throws KeyMaterialException {
    try (HedgedRandom random = wrapper(CONSTANT, LOCK, NOON, 1)) {
      Set<Bytes> drawn = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        drawn.add(random.bytes(32));
      }
      assertThat(drawn).hasSize(1000);
    }
  }

  @Test
  @Tag("LK-060")
  @Tag("LK-061")
  void differsAmongDevicesConstructionsAndKeysOverAConstantSource() throws KeyMaterialException {
    try (HedgedRandom first = wrapper(CONSTANT, LOCK, NOON, 1);
        HedgedRandom otherDevice = wrapper(CONSTANT, Bytes.utf8("lock 2"), NOON, 1);
        HedgedRandom later = wrapper(CONSTANT, LOCK, Bytes.utf8("12:01"), 1);
        HedgedRandom otherKey = wrapper(CONSTANT, LOCK, NOON, 2)) {
      assertThat(
              List.of(first.bytes(32), otherDevice.bytes(32), later.bytes(32), otherKey.bytes(32)))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  @Tag("LK-060")
  @Tag("LK-061")
  void givesDifferentEphemeralKeysOverAConstantSource() throws KeyMaterialException {
    try (DhPrivateKey one = curves.generate(DhCurve.P_256, CONSTANT);
        DhPrivateKey two = curves.generate(DhCurve.P_256, CONSTANT);
        HedgedRandom random = wrapper(CONSTANT, LOCK, NOON, 1);
        HedgedRandom elsewhere = wrapper(CONSTANT, Bytes.utf8("lock 2"), NOON, 1);
        DhPrivateKey first = curves.generate(DhCurve.P_256, random);
        DhPrivateKey second = curves.generate(DhCurve.P_256, random);
        DhPrivateKey third = curves.generate(DhCurve.P_256, elsewhere)) {
      // Without the wrapper the sessions have one key: the source is as bad as the test means it.
      assertThat(one.publicKey()).isEqualTo(two.publicKey());
      assertThat(List.of(first.publicKey(), second.publicKey(), third.publicKey()))
          .doesNotHaveDuplicates()
          .doesNotContain(one.publicKey());
    }
  }

  @Test
  void changesWithTheSource() throws KeyMaterialException {
    try (HedgedRandom first = wrapper(new InsecureSeededRandom(1), LOCK, NOON, 1);
        HedgedRandom second = wrapper(new InsecureSeededRandom(2), LOCK, NOON, 1)) {
      assertThat(first.bytes(32)).isNotEqualTo(second.bytes(32));
    }
  }

  @Test
  void repeatsOnlyWhenEverythingIsTheSame() throws KeyMaterialException {
    // The wrapper cannot tell two such constructions apart, and a test can rely on it.
    try (HedgedRandom first = wrapper(CONSTANT, LOCK, NOON, 1);
        HedgedRandom second = wrapper(CONSTANT, LOCK, NOON, 1)) {
      assertThat(first.bytes(100)).isEqualTo(second.bytes(100));
    }
  }

  @Test
  void fillsTargetsOfEveryLength() throws KeyMaterialException {
    try (HedgedRandom random = wrapper(CONSTANT, LOCK, NOON, 1)) {
      for (int octets : new int[] {1, 31, 32, 33, 64, 114, 1000}) {
        assertThat(random.bytes(octets).length()).isEqualTo(octets);
      }
      byte[] target = random.bytes(96).toArray();
      assertThat(List.of(part(target, 0), part(target, 32), part(target, 64)))
          .doesNotHaveDuplicates()
          .doesNotContain(Bytes.owned(new byte[32]));
      assertThat(random.bytes(0).length()).isZero();
    }
  }

  @Test
  void givesNothingOnceClosed() throws KeyMaterialException {
    HedgedRandom random = wrapper(CONSTANT, LOCK, NOON, 1);
    random.close();
    random.close();
    assertThatIllegalStateException().isThrownBy(() -> random.bytes(1));
  }

  @Test
  void printsNoSecret() throws KeyMaterialException {
    try (HedgedRandom random = wrapper(CONSTANT, LOCK, NOON, 1)) {
      assertThat(random.toString()).isEqualTo("HedgedRandom[SHA_256]");
    }
  }

  private HedgedRandom wrapper(RandomSource source, Bytes device, Bytes unique, int seed)
      throws KeyMaterialException {
    RandomSource keys = new InsecureSeededRandom(seed);
    try (SecretBytes secret = SecretBytes.random(32, keys)) {
      return switch (keyed) {
        case BY_SIGNATURE -> {
          try (SigningKey key = curves.signingKey(SignatureAlgorithm.ED25519, secret)) {
            yield HedgedRandom.of(crypto, source, device, unique, key);
          }
        }
        case BY_AGREEMENT -> {
          try (DhPrivateKey key = curves.privateKey(DhCurve.X25519, secret)) {
            yield HedgedRandom.of(crypto, curves, source, device, unique, key);
          }
        }
        case BY_SHARED_SECRET -> HedgedRandom.of(crypto, source, device, unique, secret);
      };
    }
  }

  private static Bytes part(byte[] octets, int start) {
    return Bytes.copyOf(octets, start, 32);
  }
}
