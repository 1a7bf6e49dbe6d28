package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.DerivedKeys;
import dev.moat.oscore.context.KeySchedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 4.2 of draft-ietf-core-oscore-key-update-14. */
final class KudosDerivationTest {
  private static final Crypto CRYPTO = JdkCrypto.create();

  static List<KudosCase> cases() {
    return KudosCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivesTheOldContextOfTheVector(KudosCase vector) {
    assertKeys(vector.old(), vector, "ctx_old");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivesTheTemporaryContextOfTheVector(KudosCase vector) throws Exception {
    Bytes offer = vector.hex("x1").plus(vector.hex("n1"));
    assertDerived(vector, "ctx_temp", offer, Bytes.empty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivesTheNewContextOfTheVector(KudosCase vector) throws Exception {
    Bytes offer = vector.hex("x1").plus(vector.hex("n1"));
    Bytes answer = vector.hex("x2").plus(vector.hex("n2"));
    assertDerived(vector, "ctx_new", offer, answer);
    assertDerived(vector, "ctx_new", answer, offer);
  }

  private static void assertDerived(KudosCase vector, String name, Bytes first, Bytes second) {
    Bytes inputs = KudosDerivation.inputs(first, second);
    assertThat(inputs).isEqualTo(vector.hex(name + "/X_N"));
    int octets = vector.hex("ctx_old/master_secret").length();
    assertThat(KudosDerivation.expandLabel(inputs, octets))
        .isEqualTo(vector.hex(name + "/ExpandLabel"));
    try (ContextParameters out =
        KudosDerivation.updateContext(first, second, vector.old(), CRYPTO)) {
      assertThat(out.masterSalt()).isEqualTo(vector.hex(name + "/master_salt"));
      assertThat(out.masterSecret()).isEqualTo(secret(vector.hex(name + "/master_secret")));
      assertKeys(out, vector, name);
    }
  }

  private static void assertKeys(ContextParameters parameters, KudosCase vector, String name) {
    assertThat(parameters.senderId()).isEqualTo(vector.hex(name + "/sender_id"));
    assertThat(parameters.recipientId()).isEqualTo(vector.hex(name + "/recipient_id"));
    assertThat(parameters.idContext().isPresent())
        .isEqualTo(vector.node().path(name).hasNonNull("id_context"));
    try (DerivedKeys keys = KeySchedule.derive(parameters, CRYPTO)) {
      assertThat(keys.senderKey()).isEqualTo(secret(vector.hex(name + "/sender_key")));
      assertThat(keys.recipientKey()).isEqualTo(secret(vector.hex(name + "/recipient_key")));
      assertThat(keys.commonIv()).isEqualTo(vector.hex(name + "/common_iv"));
    }
  }

  @Test
  void keepsEverythingButSecretAndSalt() {
    try (SecretBytes secret =
            secret(Bytes.hex("00112233445566778899aabbccddeeff0011223344556677"));
        ContextParameters old =
            ContextParameters.builder(secret, Bytes.of(1), Bytes.of(2))
                .idContext(Bytes.of(3))
                .hkdf(HashAlgorithm.SHA_512)
                .replayWindow(7)
                .build();
        ContextParameters out =
            KudosDerivation.updateContext(Bytes.of(0, 5), Bytes.empty(), old, CRYPTO)) {
      assertThat(out).hasToString(old.toString());
      assertThat(out.replayWindow()).isEqualTo(7);
      assertThat(out.keyUsageLimits()).isEqualTo(old.keyUsageLimits());
      assertThat(out.masterSecret().length()).isEqualTo(24);
      assertThat(out.masterSecret()).isNotEqualTo(old.masterSecret());
    }
  }

  @Test
  void derivesOtherSecretsForOtherSignals() {
    Bytes nonce = Bytes.of(1, 2, 3, 4, 5, 6, 7, 8);
    ContextParameters old = KudosCase.all().get(0).old();
    ContextParameters one =
        KudosDerivation.updateContext(
            KudosField.divergent(false, nonce).input(), Bytes.empty(), old, CRYPTO);
    ContextParameters other =
        KudosDerivation.updateContext(
            KudosField.divergent(true, nonce).input(), Bytes.empty(), old, CRYPTO);

    assertThat(one.masterSecret()).isNotEqualTo(other.masterSecret());
  }

  private static SecretBytes secret(Bytes octets) {
    return SecretBytes.copyOf(octets.toArray());
  }
}
