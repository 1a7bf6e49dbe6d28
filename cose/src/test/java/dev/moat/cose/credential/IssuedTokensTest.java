package dev.moat.cose.credential;

import static dev.moat.cose.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.CoseHeaders;
import dev.moat.cose.Sign1;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.JdkCrypto;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CWTs by value (RFC 8392; RFC 9528, Section 3.5.3.1). */
class IssuedTokensTest {
  private static final Curves CURVES = PrimitivesChoice.best().curves();
  private static final InsecureSeededRandom RANDOM = new InsecureSeededRandom(8392);
  private static final PrivateKey ISSUER = PrivateKey.generate(KeyCurve.P_256, CURVES, RANDOM);
  private static final PrivateKey STRANGER = PrivateKey.generate(KeyCurve.P_256, CURVES, RANDOM);
  private static final PublicKey KEY =
      PrivateKey.generate(KeyCurve.X25519, CURVES, RANDOM).publicKey().withKid(Bytes.of(5));
  private static final Instant NOW = Instant.ofEpochSecond(1000);

  @Test
  @Tag("LK-032")
  void trustsWhatItsIssuerSigned() throws CoseException {
    Sign1 token = token(ISSUER, "as", 1000, 1001);
    Credential expected = Credential.cwt(token.encode());
    assertThat(expected.type()).isEqualTo(CredentialType.CWT);
    assertThat(expected.key()).isEqualTo(KEY);
    assertThat(expected.subject()).contains("lock");
    assertThat(expected.encoded()).isEqualTo(token.encodeUntagged());
    Bytes cwtTag = Bytes.hex("d83d");
    for (Bytes form :
        new Bytes[] {token.encode(), token.encodeUntagged(), cwtTag.plus(token.encode())}) {
      IdCred id = IdCred.kcwt(form);
      assertThat(id.byValue()).contains(expected);
      assertThat(store().resolve(id, NOW)).isEqualTo(new Resolution.Trusted(List.of(expected)));
      assertThat(PinnedCredentials.of(JdkCrypto.create(), expected).resolve(id, Instant.EPOCH))
          .isInstanceOf(Resolution.Trusted.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "as, 1001, 2000, the token is not yet valid",
    "as, 0, 1000, the token has expired",
    "other, 0, 2000, the token's issuer is not known",
    "'', 0, 2000, the token's issuer is not known"
  })
  void distrustsByClaim(String issuer, long notBefore, long expires, String why)
      throws CoseException {
    IdCred id = IdCred.kcwt(token(ISSUER, issuer, notBefore, expires).encode());
    assertThat(store().resolve(id, NOW)).isEqualTo(new Resolution.Untrusted(why));
  }

  @Test
  void distrustsForgedAndMalformedTokens() throws CoseException {
    IdCred forged = IdCred.kcwt(token(STRANGER, "as", 0, 2000).encode());
    assertThat(store().resolve(forged, NOW))
        .isEqualTo(new Resolution.Untrusted("the token: verification failed"));
    IdCred malformed = IdCred.kcwt(Bytes.hex("8340a040"));
    assertThat(store().resolve(malformed, NOW))
        .isEqualTo(new Resolution.Untrusted("the token: not a COSE_Sign1"));
    assertThat(store().resolve(IdCred.kid(Bytes.of(5)), NOW)).isEqualTo(new Resolution.Unknown());
    assertThat(PinnedCredentials.of(JdkCrypto.create()).resolve(malformed, NOW))
        .isEqualTo(new Resolution.Unknown());
  }

  @Test
  void takesTokensWithoutTimesAndIssuer() throws CoseException {
    Bytes claims =
        new CborWriter()
            .map(
                map ->
                    map.put(
                        8, item -> item.map(cnf -> cnf.put(1, key -> key.encoded(KEY.encode())))))
            .toBytes();
    IdCred id = IdCred.kcwt(signed(ISSUER, claims).encode());
    IssuedTokens nameless =
        IssuedTokens.builder().issuer("", ISSUER.publicKey().verification(CURVES)).build();
    assertThat(nameless.resolve(id, NOW)).isInstanceOf(Resolution.Trusted.class);
  }

  @Test
  void refusesOtherMessages() {
    assertRefused(() -> Credential.cwt(Bytes.empty()), Reason.MALFORMED_CBOR);
    assertRefused(() -> Credential.cwt(Bytes.hex("d83d8440a04040")), Reason.MALFORMED_CBOR);
    assertRefused(() -> Credential.cwt(Bytes.hex("d18340a040")), Reason.NOT_SIGN1);
    assertRefused(() -> Credential.cwt(Bytes.hex("8440a041a040")), Reason.NO_KEY);
    assertRefused(() -> Credential.cwt(Bytes.hex("db8000000000000000")), Reason.MALFORMED_CBOR);
  }

  private static IssuedTokens store() throws CoseException {
    return IssuedTokens.builder().issuer("as", ISSUER.publicKey().verification(CURVES)).build();
  }

  private static Sign1 token(PrivateKey issuer, String name, long notBefore, long expires)
      throws CoseException {
    Bytes claims =
        new CborWriter()
            .map(
                map ->
                    map.put(1, item -> item.text(name))
                        .put(2, item -> item.text("lock"))
                        .put(4, item -> item.integer(expires))
                        .put(5, item -> item.integer(notBefore))
                        .put(
                            8,
                            item -> item.map(cnf -> cnf.put(1, key -> key.encoded(KEY.encode())))))
            .toBytes();
    return signed(issuer, claims);
  }

  private static Sign1 signed(PrivateKey issuer, Bytes claims) throws CoseException {
    CoseHeaders headers = CoseHeaders.builder().algorithm(SignatureAlgorithm.ES256).build();
    try (SigningKey signing = issuer.signing(CURVES)) {
      return Sign1.sign(signing, headers, Bytes.empty(), claims);
    }
  }
}
