package dev.moat.pki.maker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.Resolution;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.JdkCrypto;
import dev.moat.crypto.JdkCurves;
import dev.moat.pki.CertificateTrust;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates for tests, judged by the JDK. */
class CertificateMakerTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration VALIDITY = Duration.ofHours(1);

  private final RandomSource random = new Random(7)::nextBytes;
  private final CertificateMaker maker = new CertificateMaker(JdkCurves.create(), random);

  private PrivateKey key(KeyCurve curve) {
    return PrivateKey.generate(curve, JdkCurves.create(), random);
  }

  private static CertificateMaker.Content content(
      String subject, PrivateKey key, Purpose purpose, TlsProfile profile) {
    return new CertificateMaker.Content(
        subject, key.publicKey(), purpose, NOW, VALIDITY, Optional.of(profile));
  }

  private static X509Certificate read(Bytes der) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.toArray()));
  }

  @ParameterizedTest
  @EnumSource(names = {"P_256", "P_384", "ED25519"}) // the JDK's curves: Ed448 is in crypto-bc
  void anAuthorityOfEachSigningCurveIsBelieved(KeyCurve curve) throws Exception {
    PrivateKey authority = key(curve);
    PrivateKey device = key(KeyCurve.P_256);
    Bytes root =
        maker.make(
            content("Root", authority, Purpose.CERTIFY, TlsProfile.authority()),
            CertificateMaker.Issuer.self("Root", authority));
    Bytes leaf =
        maker.make(
            content("device", device, Purpose.SIGN, TlsProfile.client()),
            CertificateMaker.Issuer.of(root, authority));
    CertificateTrust trust = CertificateTrust.builder(CRYPTO).anchor(root).build();

    assertThat(trust.resolve(IdCred.x5chain(List.of(leaf)), NOW.plusSeconds(1)))
        .isInstanceOf(Resolution.Trusted.class);
    assertThat(trust.resolve(IdCred.x5chain(List.of(leaf)), NOW.plus(VALIDITY).plusSeconds(1)))
        .isInstanceOf(Resolution.Untrusted.class);
  }

  @Test
  void aServersCertificateHasItsNamesAndAddressesApart() throws Exception {
    PrivateKey key = key(KeyCurve.P_256);
    X509Certificate server =
        read(
            maker.make(
                content(
                    "server", key, Purpose.SIGN, TlsProfile.server(List.of("a.test", "127.0.0.1"))),
                CertificateMaker.Issuer.self("server", key)));

    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "a.test"), List.of(7, "127.0.0.1"));
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(server.getPublicKey().getEncoded())
        .isEqualTo(KeyEncoding.encoded(key.publicKey()).toArray());
  }

  @Test
  void aKeyThatOnlyAgreesSignsNothing() {
    PrivateKey key = key(KeyCurve.X25519);
    CertificateMaker.Content content = content("device", key, Purpose.DH, TlsProfile.client());

    assertThatExceptionOfType(CannotSignException.class)
        .isThrownBy(() -> maker.make(content, CertificateMaker.Issuer.self("device", key)))
        .satisfies(e -> assertThat(e.curve()).isEqualTo(KeyCurve.X25519));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ThrowawayCertificates(JdkCurves.create(), random)
                    .forSignatures("device", key, NOW));
  }

  @Test
  void aStaticDiffieHellmanKeyIsCertifiedForAgreementOnly() throws Exception {
    PrivateKey key = key(KeyCurve.X25519);
    ThrowawayCertificates throwaway = new ThrowawayCertificates(JdkCurves.create(), random);

    boolean[] usage = read(throwaway.forAgreement("device", key, NOW)).getKeyUsage();

    assertThat(usage[4]).as("keyAgreement").isTrue();
    assertThat(usage[0]).as("digitalSignature").isFalse();
  }
}
