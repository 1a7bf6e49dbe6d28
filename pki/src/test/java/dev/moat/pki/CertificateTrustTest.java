package dev.moat.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.CertificateHash;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.Resolution;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.KeyUse;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.JdkCrypto;
import dev.moat.testkit.Vectors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths of certificates to trust anchors (RFC 5280, Section 6). */
class CertificateTrustTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();
  private static final Instant NOW = TestAuthority.NOW;

  private final TestAuthority root = TestAuthority.root("Root");
  private final TestAuthority factory = root.below("Factory");
  private final Bytes device = factory.issue("Device", "Ed25519", KeyUsage.digitalSignature);
  private final List<Bytes> chain = List.of(device, factory.certificate());

  private CertificateTrust.Builder builder() throws MalformedException {
    return CertificateTrust.builder(CRYPTO).anchor(root.certificate());
  }

  @Nested
  class PublishedCertificates {
    static List<JsonNode> published() {
      return Vectors.load("x509-certificates.json", node -> node).stream()
          .filter(node -> node.has("der"))
          .toList();
    }

    /** Anchors of which only name and key are published. */
    @ParameterizedTest
    @MethodSource("published")
    void areTrustedByTheirIssuersKeyForAsLongAsTheyAreValid(JsonNode node) throws Exception {
      Bytes key = Bytes.hex(node.path("issuer_public_key").asText());
      KeyCurve curve =
          switch (key.length()) {
            case 32 -> KeyCurve.ED25519;
            case 65 -> KeyCurve.P_256;
            default -> KeyCurve.P_384;
          };
      CertificateTrust trust =
          CertificateTrust.builder(CRYPTO)
              .anchor(node.path("issuer").asText(), PublicKey.ofPoint(curve, key))
              .build();
      Bytes der = Bytes.hex(node.path("der").asText());
      IdCred claimed = IdCred.x5chain(List.of(der));
      assertTrusted(trust.resolve(claimed, instant(node, "not_before")), Credential.x509(der));
      assertUntrusted(
          trust.resolve(claimed, instant(node, "not_before").minusSeconds(1)), "not yet valid");
      assertUntrusted(trust.resolve(claimed, instant(node, "not_after").plusSeconds(1)), "expired");
    }

    private static Instant instant(JsonNode node, String member) {
      return Instant.parse(node.path(member).asText().replace(' ', 'T') + "Z");
    }
  }

  @Test
  void trustsAChainWithoutAndWithItsAnchor() throws Exception {
    CertificateTrust trust = builder().build();
    Credential expected = Credential.x509(device);
    assertTrusted(trust.resolve(IdCred.x5chain(chain), NOW), expected);
    List<Bytes> whole = List.of(device, factory.certificate(), root.certificate());
    assertTrusted(trust.resolve(IdCred.x5chain(whole), NOW), expected);
  }

  @Test
  @Tag("LK-030")
  void findsChainsInBagsByHashAndByUri() throws Exception {
    Credential known = Credential.x509Chain(chain);
    CertificateTrust trust =
        builder()
            .known(known)
            .uris(uri -> uri.equals("coap://ca/device") ? Optional.of(chain) : Optional.empty())
            .build();
    Bytes other = TestAuthority.root("Other").certificate();
    assertTrusted(
        trust.resolve(IdCred.x5bag(List.of(other, factory.certificate(), device)), NOW), known);
    assertTrusted(trust.resolve(IdCred.x5tOf(CRYPTO, device), NOW), known);
    assertTrusted(trust.resolve(IdCred.x5t256Of(CRYPTO, device), NOW), known);
    assertTrusted(trust.resolve(IdCred.x5t(CertificateHash.of(CRYPTO, -44, device)), NOW), known);
    assertTrusted(trust.resolve(IdCred.x5u("coap://ca/device"), NOW), known);
    assertUntrusted(
        trust.resolve(IdCred.x5tOf(CRYPTO, device), Instant.EPOCH),
        "not yet valid (certificate 1)");
    assertUntrusted(
        trust.resolve(IdCred.x5u("coap://ca/device"), Instant.EPOCH),
        "not yet valid (certificate 1)");
    for (IdCred unknown :
        List.of(
            IdCred.x5u("coap://evil/device"),
            IdCred.x5tOf(CRYPTO, other),
            IdCred.x5bag(List.of(other)),
            IdCred.kid(Bytes.of(1)),
            IdCred.c5c(device))) {
      assertThat(trust.resolve(unknown, NOW)).isEqualTo(new Resolution.Unknown());
    }
  }

  @Test
  void distrustsBrokenChains() throws Exception {
    CertificateTrust trust = builder().build();
    TestAuthority stranger = TestAuthority.root("Stranger");
    Bytes foreign = stranger.issue("Device", "Ed25519", 0);
    assertUntrusted(
        trust.resolve(IdCred.x5chain(List.of(foreign)), NOW), "no trust anchor has issued it");
    assertUntrusted(
        trust.resolve(IdCred.x5chain(List.of(foreign, stranger.certificate())), NOW),
        "no trust anchor has issued it");
    assertUntrusted(
        trust.resolve(IdCred.x5chain(List.of(device)), NOW), "no trust anchor has issued it");
    TestAuthority namesake = TestAuthority.root("Root");
    assertUntrusted(
        trust.resolve(IdCred.x5chain(List.of(namesake.issue("Device", "Ed25519", 0))), NOW),
        "signature does not verify");
    assertUntrusted(
        trust.resolve(IdCred.x5chain(List.of(factory.certificate(), device)), NOW),
        "key usage is neither signature nor key agreement");
    TestAuthority pretender = root.pretender("Pretender");
    List<Bytes> pretended =
        List.of(pretender.issue("Device", "Ed25519", 0), pretender.certificate());
    assertUntrusted(
        trust.resolve(IdCred.x5chain(pretended), NOW),
        "its issuer is no certification authority (certificate 1)");
  }

  @Test
  void distrustsASignatureThatWasChanged() throws Exception {
    byte[] changed = device.toArray();
    changed[changed.length - 1] ^= 1;
    IdCred forged = IdCred.x5chain(List.of(Bytes.owned(changed), factory.certificate()));
    assertUntrusted(builder().build().resolve(forged, NOW), "signature does not verify");
  }

  @ParameterizedTest
  @CsvSource({
    "Ed25519, 128, true, false",
    "X25519, 8, false, true",
    "secp256r1, 128, true, false",
    "secp256r1, 8, false, true",
    "secp256r1, 136, true, true",
    "secp384r1, 0, true, true"
  })
  void tellsWhatTheKeyIsPermittedFor(String algorithm, int usage, boolean signs, boolean agrees)
      throws Exception {
    Bytes der = root.issue("Device", algorithm, usage);
    Resolution judged = builder().build().resolve(IdCred.x5chain(List.of(der)), NOW);
    assertThat(judged)
        .isInstanceOfSatisfying(
            Resolution.Trusted.class,
            trusted -> {
              Credential credential = trusted.candidates().get(0);
              assertThat(credential.permits(KeyUse.SIGNATURE)).isEqualTo(signs);
              assertThat(credential.permits(KeyUse.AGREEMENT)).isEqualTo(agrees);
            });
  }

  @ParameterizedTest
  @CsvSource({"Ed25519, 8", "X25519, 128", "secp256r1, 32"})
  void distrustsAKeyThatIsPermittedForNothing(String algorithm, int usage) throws Exception {
    Bytes der = root.issue("Device", algorithm, usage);
    assertUntrusted(
        builder().build().resolve(IdCred.x5chain(List.of(der)), NOW),
        "key usage is neither signature nor key agreement");
  }

  @Nested
  class Revocation {
    private final Bytes gone = factory.issue("Gone", "Ed25519", 0);
    private final Bytes list =
        factory.revocationList(TestAuthority.END, TestAuthority.lastSerial());
    private final Bytes rootList = root.revocationList(TestAuthority.END);

    @Test
    @Tag("LK-037")
    void distrustsARevokedCertificateAndNoOther() throws Exception {
      CertificateTrust trust = builder().revocationList(list).revocationList(rootList).build();
      IdCred revoked = IdCred.x5chain(List.of(gone, factory.certificate()));
      assertUntrusted(trust.resolve(revoked, NOW), "revoked");
      assertTrusted(trust.resolve(IdCred.x5chain(chain), NOW), Credential.x509(device));
      assertTrusted(builder().build().resolve(revoked, NOW), Credential.x509(gone));
    }

    @Test
    void distrustsWhatNoCurrentListCovers() throws Exception {
      String why = "no current revocation list covers it";
      CertificateTrust half = builder().revocationList(rootList).build();
      assertUntrusted(half.resolve(IdCred.x5chain(chain), NOW), why);
      Bytes old = factory.revocationList(TestAuthority.START.plusSeconds(1));
      CertificateTrust stale = builder().revocationList(old).revocationList(rootList).build();
      assertUntrusted(stale.resolve(IdCred.x5chain(chain), NOW), why);
    }
  }

  @Nested
  class Malformed {
    @Test
    void isSaidToBeMalformed() throws Exception {
      CertificateTrust trust = builder().build();
      assertUntrusted(
          trust.resolve(IdCred.x5chain(List.of(Bytes.of(0x30, 0))), NOW),
          "malformed certificate: not a credential of its type");
      assertUntrusted(
          trust.resolve(IdCred.x5chain(List.of(device, Bytes.of(0x30, 0))), NOW),
          "malformed certificate");
      assertUntrusted(
          trust.resolve(IdCred.x5bag(List.of(device, Bytes.of(0x30, 0))), NOW),
          "malformed certificate");
      Bytes tail = factory.certificate().plus(Bytes.of(0));
      assertUntrusted(
          trust.resolve(IdCred.x5chain(List.of(device, tail)), NOW), "malformed certificate");
    }

    /** Whatever bit is turned, the answer is a refusal and never an exception. */
    @Test
    void isNeverTrustedNorFails() throws Exception {
      CertificateTrust trust = builder().build();
      Bytes leaf = root.issue("Device", "Ed25519", 0);
      for (int i = 0; i < 8 * leaf.length(); i++) {
        byte[] changed = leaf.toArray();
        changed[i / 8] ^= (byte) (1 << (i % 8));
        Resolution judged = trust.resolve(IdCred.x5chain(List.of(Bytes.owned(changed))), NOW);
        assertThat(judged).as("bit " + i).isInstanceOf(Resolution.Untrusted.class);
      }
    }

    @Test
    void isRefusedAsAnchorAndAsList() {
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> CertificateTrust.builder(CRYPTO).anchor(Bytes.of(1)))
          .withMessage("malformed certificate");
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> CertificateTrust.builder(CRYPTO).revocationList(Bytes.of(0x30, 0)))
          .withMessage("malformed revocation list");
    }
  }

  @Test
  void needsAnAnchorAndTakesOnlyCertificates() {
    CertificateTrust.Builder empty = CertificateTrust.builder(CRYPTO);
    assertThatIllegalArgumentException().isThrownBy(empty::build);
    PublicKey key = PublicKey.ofX(KeyCurve.X25519, Bytes.owned(new byte[32]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty.known(Credential.ccsOf("device", key)));
  }

  private static void assertTrusted(Resolution judged, Credential expected) {
    assertThat(judged).isEqualTo(new Resolution.Trusted(List.of(expected)));
  }

  private static void assertUntrusted(Resolution judged, String why) {
    assertThat(judged).isEqualTo(new Resolution.Untrusted(why));
  }
}
