package dev.moat.edhoc.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.suite.EdhocHash;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of the schedule that no trace shows. */
class KeyScheduleTest {
  private static final Primitives PRIMITIVES = PrimitivesChoice.best();
  private static final Crypto CRYPTO = PRIMITIVES.symmetric();
  private static final Bytes TH = Bytes.owned(new byte[32]);
  private static final Bytes TEXT = Bytes.utf8("text");

  private final Kdf kdf = Kdf.of(PRIMITIVES, EdhocHash.SHA_256);

  @ParameterizedTest
  @EnumSource(EdhocHash.class)
  void encryptsAPlaintextLongerThanOneDerivation(EdhocHash hash) {
    Kdf any = Kdf.of(PRIMITIVES, hash);
    int part = 255 * hash.octets();
    Bytes text = Bytes.owned(new byte[2 * part + 3]);
    Bytes stream = prk2e(any).applyKeystream2(text);
    assertThat(prk2e(any).applyKeystream2(stream)).isEqualTo(text);
    assertThat(stream.slice(2 * part, text.length())).isNotEqualTo(text.slice(0, 3));
    assertThat(stream.slice(0, part)).isNotEqualTo(stream.slice(part, 2 * part));
  }

  @Test
  void takesTheKeystreamsOfALongPlaintextFromFallingLabels() {
    int part = kdf.maxOctets();
    Bytes zeros = Bytes.owned(new byte[part + 5]);
    Bytes stream = prk2e(kdf).applyKeystream2(zeros);
    try (Prk3e2m same = prk2e(kdf).carried()) {
      Bytes second = same.applyKeystream(-1, TH, Bytes.owned(new byte[5]));
      assertThat(stream.slice(part, part + 5)).isEqualTo(second);
    }
  }

  @Test
  void leavesAnEmptyTextEmpty() {
    assertThat(prk2e(kdf).applyKeystream2(Bytes.empty())).isEqualTo(Bytes.empty());
  }

  @Test
  void sealsOnlyOneMessageUnderAKey() {
    MessageKey key = messageKey();
    Bytes unused = key.seal(CRYPTO, TH, TEXT);
    assertThatIllegalStateException().isThrownBy(() -> key.seal(CRYPTO, TH, TEXT));
    assertThatIllegalStateException().isThrownBy(() -> key.open(CRYPTO, TH, unused));
  }

  @Test
  @Tag("LK-098")
  void opensTheGenuineMessageAfterForgedOnes() {
    Bytes genuine = messageKey().seal(CRYPTO, TH, TEXT);
    MessageKey key = messageKey();
    Bytes forged = genuine.slice(0, genuine.length() - 1).plus(Bytes.of(1));
    assertThat(key.open(CRYPTO, TH, forged.equals(genuine) ? Bytes.empty() : forged)).isEmpty();
    assertThat(key.open(CRYPTO, TH, Bytes.of(1, 2, 3))).isEmpty();
    assertThat(key.open(CRYPTO, Bytes.of(1), genuine)).isEmpty();
    assertThat(key.open(CRYPTO, TH, genuine).orElseThrow().plaintext()).isEqualTo(TEXT);
  }

  @Test
  @Tag("LK-046")
  void yieldsNothingFromAClosedKey() {
    Prk2e first = prk2e(kdf);
    Prk3e2m second = first.carried();
    first.close();
    assertThatIllegalStateException().isThrownBy(() -> first.applyKeystream2(TEXT));
    Th3 th3 = new Th3(TH);
    Prk4e3m third = second.mixed(th3, secret(9));
    MessageKey key = second.messageKey3(th3, AeadAlgorithm.AES_CCM_16_64_128);
    second.close();
    assertThatIllegalStateException().isThrownBy(second::carried);
    PrkOut out = third.prkOut(new Th4(TH));
    third.close();
    assertThatIllegalStateException().isThrownBy(() -> third.prkOut(new Th4(TH)));
    out.close();
    assertThatIllegalStateException().isThrownBy(() -> out.exporter(0, TH, 8));
    assertThatIllegalStateException().isThrownBy(out::copy);
    key.close();
    assertThatIllegalStateException().isThrownBy(() -> key.open(CRYPTO, TH, TEXT));
  }

  @Test
  void takesAKeyOfAnyLabel() {
    Prk4e3m prk = prk2e(kdf).carried().carried();
    Bytes asFour = prk.messageKey4(new Th4(TH), AeadAlgorithm.AES_GCM_128).seal(CRYPTO, TH, TEXT);
    assertThat(prk.messageKey(8, TH, AeadAlgorithm.AES_GCM_128).seal(CRYPTO, TH, TEXT))
        .isEqualTo(asFour);
    assertThat(prk.messageKey(3, TH, AeadAlgorithm.AES_GCM_128).seal(CRYPTO, TH, TEXT))
        .isNotEqualTo(asFour);
  }

  @Test
  void saysNothingOfASecretInText() {
    assertThat(prk2e(kdf).carried().toString()).doesNotContain("03030303");
  }

  private static Prk2e prk2e(Kdf kdf) {
    return Prk2e.of(kdf, new Th2(TH), secret(3));
  }

  private MessageKey messageKey() {
    return prk2e(kdf).carried().messageKey3(new Th3(TH), AeadAlgorithm.AES_CCM_16_64_128);
  }

  private static SecretBytes secret(int octet) {
    byte[] octets = new byte[32];
    java.util.Arrays.fill(octets, (byte) octet);
    return SecretBytes.copyOf(octets);
  }
}
