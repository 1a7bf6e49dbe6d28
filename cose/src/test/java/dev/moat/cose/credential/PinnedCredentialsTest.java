package dev.moat.cose.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.JdkCrypto;
import dev.moat.testkit.Vectors;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credentials that are trusted as they are, by every name that EDHOC has for them. */
class PinnedCredentialsTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();
  private static final Instant ANY_TIME = Instant.EPOCH;
  private static final PublicKey KEY =
      PublicKey.ofX(KeyCurve.X25519, Bytes.hex("09" + "00".repeat(31)));
  private static final Bytes C509 = Bytes.hex("8b03");

  private static Bytes der(int index) {
    return Bytes.hex(
        Vectors.load("x509-certificates.json", node -> node.path("der").asText()).get(index));
  }

  @Test
  @Tag("LK-030")
  @Tag("LK-032")
  void findsACredentialByEveryNameThatFollowsFromIt() throws CoseException {
    Credential ccs = Credential.ccsOf("lock", KEY.withKid(Bytes.of(1)));
    Credential x509 = Credential.x509(der(0));
    Credential c509 = Credential.c509(C509, KEY);
    PinnedCredentials pinned = PinnedCredentials.of(CRYPTO, ccs, x509, c509);
    assertTrusted(pinned, IdCred.kid(Bytes.of(1)), ccs);
    assertTrusted(pinned, IdCred.kccs(ccs.encoded()), ccs);
    assertTrusted(pinned, IdCred.x5tOf(CRYPTO, der(0)), x509);
    assertTrusted(pinned, IdCred.x5t256Of(CRYPTO, der(0)), x509);
    assertTrusted(pinned, IdCred.x5chain(List.of(der(0))), x509);
    assertTrusted(pinned, IdCred.x5chain(List.of(der(0), der(1))), x509);
    assertTrusted(pinned, IdCred.x5bag(List.of(der(1), der(0))), x509);
    assertTrusted(pinned, IdCred.c5t(CertificateHash.of(CRYPTO, -15, C509)), c509);
    assertTrusted(pinned, IdCred.c5c(C509), c509);
    assertTrusted(pinned, IdCred.decode(Bytes.hex("a11818428b03")), c509);
  }

  @Test
  void knowsNothingElse() throws CoseException {
    PinnedCredentials pinned =
        PinnedCredentials.of(
            CRYPTO,
            Credential.ccsOf("lock", KEY),
            Credential.x509(der(0)),
            Credential.c509(C509, KEY));
    for (IdCred claimed :
        List.of(
            IdCred.kid(Bytes.of(2)),
            IdCred.kccs(Credential.ccsOf("another", KEY).encoded()),
            IdCred.kccs(Bytes.of(0xa0)),
            IdCred.kcwt(Bytes.hex("80")),
            IdCred.x5tOf(CRYPTO, der(1)),
            IdCred.x5tOf(CRYPTO, C509),
            IdCred.x5chain(List.of(der(1), der(0))),
            IdCred.x5bag(List.of(der(1))),
            IdCred.c5t(CertificateHash.of(CRYPTO, -15, der(0))),
            IdCred.c5c(der(0)),
            IdCred.x5u("coap://x/c"),
            IdCred.c5u("coap://x/c"))) {
      assertThat(pinned.resolve(claimed, ANY_TIME)).isEqualTo(new Resolution.Unknown());
    }
  }

  /** RFC 9528, Section 3.5.3: "kid" is no unique name. */
  @Test
  void givesAllCandidatesOfAKeyIdentifier() {
    Credential one = Credential.ccsOf("one", KEY.withKid(Bytes.of(1)));
    Credential two = Credential.ccsOf("two", KEY.withKid(Bytes.of(1)));
    PinnedCredentials pinned = PinnedCredentials.of(CRYPTO, one, two, one);
    assertThat(pinned.resolve(IdCred.kid(Bytes.of(1)), ANY_TIME))
        .isEqualTo(new Resolution.Trusted(List.of(one, two)));
  }

  @Test
  @Tag("LK-031")
  void takesNamesThatTheApplicationGives() throws CoseException {
    Credential x509 = Credential.x509(der(0));
    IdCred privateUse = IdCred.decode(Bytes.hex("a13a00010001f5"));
    PinnedCredentials pinned =
        PinnedCredentials.builder(CRYPTO)
            .add(IdCred.kid(Bytes.of(9)), x509)
            .add(IdCred.x5u("coap://x/c"), x509)
            .add(privateUse, x509)
            .build();
    assertTrusted(pinned, IdCred.kid(Bytes.of(9)), x509);
    assertTrusted(pinned, IdCred.x5u("coap://x/c"), x509);
    assertTrusted(pinned, privateUse, x509);
    assertTrusted(pinned, IdCred.x5tOf(CRYPTO, der(0)), x509);
    assertThat(PinnedCredentials.of(CRYPTO, x509).resolve(privateUse, ANY_TIME))
        .isEqualTo(new Resolution.Unknown());
  }

  @Test
  void asksSeveralStoresInTurn() {
    IdCred kid = IdCred.kid(Bytes.of(1));
    CredentialStore unknown = (claimed, now) -> new Resolution.Unknown();
    CredentialStore first = (claimed, now) -> new Resolution.Untrusted("first");
    CredentialStore second = (claimed, now) -> new Resolution.Untrusted("second");
    Credential credential = Credential.ccsOf("lock", KEY.withKid(Bytes.of(1)));
    CredentialStore trusting = PinnedCredentials.of(CRYPTO, credential);
    assertThat(CredentialStores.anyOf().resolve(kid, ANY_TIME)).isEqualTo(new Resolution.Unknown());
    assertThat(CredentialStores.anyOf(unknown, first, second).resolve(kid, ANY_TIME))
        .isEqualTo(new Resolution.Untrusted("first"));
    assertTrusted(CredentialStores.anyOf(first, unknown, trusting), kid, credential);
  }

  @Test
  void neverTrustsNobody() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Resolution.Trusted(List.of()));
  }

  private static void assertTrusted(CredentialStore store, IdCred claimed, Credential expected) {
    assertThat(store.resolve(claimed, ANY_TIME))
        .isEqualTo(new Resolution.Trusted(List.of(expected)));
  }
}
