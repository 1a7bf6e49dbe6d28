package dev.moat.endpoint.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.endpoint.credentials.CertificateCheck.Reason;
import dev.moat.endpoint.credentials.CertificateCheck.Refusal;
import dev.moat.endpoint.dtls.Authority;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateCheckTest {
  private static final Authority ROOT = Authority.named("root");
  private static final Authority BELOW = ROOT.sub("below");
  private static final CertificateCheck CHECK = new CertificateCheck(Set.of(ROOT.certificate()));

  private static X509Certificate named(GeneralName name) {
    return ROOT.issue("lock", name).chain().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "lock.example, lock.example, true",
    "LOCK.example, lock.Example, true",
    "lock.example., lock.example, true",
    "lock.example, door.example, false",
    "lock.example, sub.lock.example, false",
    "*.example.org, lock.example.org, true",
    "*.example.org, example.org, false",
    "*.example.org, a.b.example.org, false",
    "*.example, lock.example, false",
    "l*.example.org, lock.example.org, false",
    "127.0.0.1, 127.0.0.1, false"
  })
  void dnsNamesAreComparedByLabels(String pattern, String host, boolean covered) {
    assertThat(CertificateCheck.isFor(named(Authority.dns(pattern)), host)).isEqualTo(covered);
  }

  @Test
  void addressesAreComparedAsAddresses() {
    X509Certificate certificate = named(Authority.ip("2001:db8::1"));
    assertThat(CertificateCheck.isFor(certificate, "2001:db8:0:0::1")).isTrue();
    assertThat(CertificateCheck.isFor(certificate, "2001:db8::2")).isFalse();
    assertThat(CertificateCheck.isFor(certificate, "lock.example")).isFalse();
  }

  @Test
  void urisCountByTheirAuthority() {
    GeneralName uri =
        new GeneralName(GeneralName.uniformResourceIdentifier, "coaps://lock.example");
    assertThat(CertificateCheck.isFor(named(uri), "lock.example")).isTrue();
    GeneralName http =
        new GeneralName(GeneralName.uniformResourceIdentifier, "https://lock.example");
    assertThat(CertificateCheck.isFor(named(http), "lock.example")).isFalse();
  }

  @Test
  void aChainWithoutItsMiddleIsUntrusted() {
    List<X509Certificate> chain = BELOW.issue("lock", Authority.dns("lock.example")).chain();
    assertThat(CHECK.refusalOfServer(chain, "lock.example", Instant.now())).isEmpty();
    assertThat(CHECK.refusalOfServer(chain.subList(0, 1), "lock.example", Instant.now()))
        .map(Refusal::reason)
        .contains(Reason.UNTRUSTED);
  }

  @Test
  void aTrustedCertificateThatIsNoAuthorityStandsForItselfOnly() {
    Authority alice = Authority.presumptuous("alice");
    List<X509Certificate> bob = alice.issue("bob", Authority.dns("bob.example")).chain();
    for (Set<X509Certificate> trusted :
        List.of(Set.of(alice.certificate()), Set.of(alice.certificate(), ROOT.certificate()))) {
      CertificateCheck check = new CertificateCheck(trusted);
      assertThat(check.refusalOfClient(List.of(alice.certificate()), Instant.now())).isEmpty();
      assertThat(check.refusalOfServer(bob, "bob.example", Instant.now()))
          .map(Refusal::reason)
          .contains(Reason.UNTRUSTED);
    }
  }

  @Test
  void aChainMayIncludeItsAnchor() {
    KeyedCertificate issued = ROOT.issue("phone");
    List<X509Certificate> chain = List.of(issued.chain().get(0), ROOT.certificate());
    assertThat(CHECK.refusalOfClient(chain, Instant.now())).isEmpty();
  }

  @Test
  void anAuthorityIsNoServer() {
    assertThat(CHECK.refusalOfServer(List.of(ROOT.certificate()), "root", Instant.now()))
        .map(Refusal::sentence)
        .contains("the server's certificate is not meant for this use");
  }

  @Test
  void datesAreChecked() {
    List<X509Certificate> chain = ROOT.issue("phone").chain();
    Instant now = Instant.now();
    assertThat(CHECK.refusalOfClient(chain, now.plus(Duration.ofDays(60))))
        .map(Refusal::reason)
        .contains(Reason.OUT_OF_DATE);
    assertThat(CHECK.refusalOfClient(chain, now.minus(Duration.ofDays(60))))
        .map(Refusal::sentence)
        .get()
        .asString()
        .contains("is not valid before");
  }

  @Test
  void nobodyIsTrustedWithoutAnchors() {
    CertificateCheck none = new CertificateCheck(Set.of());
    assertThat(none.refusalOfClient(ROOT.issue("phone").chain(), Instant.now()))
        .map(Refusal::sentence)
        .contains("the client's certificate is of no use here: no authority is trusted");
    assertThat(none.refusalOfClient(List.of(), Instant.now()))
        .map(Refusal::sentence)
        .contains("the client's certificate is missing");
  }
}
