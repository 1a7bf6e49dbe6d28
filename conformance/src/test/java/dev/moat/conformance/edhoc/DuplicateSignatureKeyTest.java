package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.schedule.Th2;
import dev.moat.testkit.InsecureSeededRandom;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mallory computes an ECDSA key for which the very signature verifies that Bob has made
 * (duplicate-signature key selection), and registers it. The signature covers the credential, and
 * with it the key, so that it is worth nothing.
 */
class DuplicateSignatureKeyTest {
  private static final long SEED = 6;
  private static final int OCTETS = 32;

  private final Cast cast = Cast.of(0, 2);
  private final Terms terms =
      new Terms(Cast.PRIMITIVES, cast.method(), cast.suite(), KeyUse.OSCORE);

  @Test
  @Tag("LK-049")
  void aKeyThatFitsTheSignatureOfAnotherDoesNotTakeItOver() throws Exception {
    InitiatorRun observed = Honest.initiator(Honest.alice(cast), cast.method(), SEED);
    SendMessage2 bob = Honest.responder(Honest.bob(cast), observed.message1(), SEED);
    Seen seen = seen(observed.message1(), bob.message2());
    PublicKey key = keyFor(terms.kdf().hash(seen.signed()), seen.signature());
    assertThat(key.verification(Cast.PRIMITIVES.curves()).verify(seen.signed(), seen.signature()))
        .as("the signature verifies with a key that is not Bob's")
        .isTrue();

    EdhocSettings settings = Honest.settings(cast, cast.alice(), cast.bob(), thief(key)).build();
    InitiatorRun alice = Honest.initiator(settings, cast.method(), SEED);
    Bytes renamed = MisbindingTest.renamed(cast, bob.message2(), cast.bob(), thief(key));
    assertThat(Honest.refused(alice.onMessage2(renamed, Honest.NOW)))
        .isEqualTo(Reason.AUTHENTICATION_FAILED);
    assertThat(Honest.sent(alice.onMessage2(bob.message2(), Honest.NOW))).isNotNull();
  }

  private Person thief(PublicKey key) {
    Person mallory = cast.mallory();
    Credential credential =
        Credential.ccsOf("mallory", key.withKid(mallory.idCred().kid().orElseThrow()));
    return new Person("mallory", mallory.key(), credential, mallory.idCred(), mallory.kind());
  }

  /** What Bob has signed, and how. */
  private record Seen(Bytes signed, Bytes signature) {}

  /** Mallory is assumed to have the ephemeral key: otherwise she sees no signature at all. */
  private Seen seen(Bytes message1, Bytes message2) throws Exception {
    DhPrivateKey x =
        Cast.PRIMITIVES.curves().generate(cast.suite().curve(), new InsecureSeededRandom(SEED));
    Forger forger = new Forger(terms);
    Plaintext2 plaintext2 = Plaintext2.decode(forger.plaintext2(message1, message2, x), 2 * OCTETS);
    Statement statement =
        Statement.ofResponder(
            plaintext2.cR().encoded(),
            plaintext2.idCred(),
            Th2.of(terms.kdf(), Message2.decode(message2, cast.suite()).gY(), message1),
            cast.bob().credential().encoded(),
            plaintext2.ead().encoded());
    Forger.Made made = forger.opened(message1, message2, x, cast.bob().credential());
    try (SecretBytes mac2 = made.prk3e2m().mac2(statement, OCTETS)) {
      Bytes signed = Forger.signed(statement, mac2.use(Bytes::copyOf));
      return new Seen(signed, plaintext2.signatureOrMac());
    }
  }

  /** Q = r^-1 (s R - z G) verifies (r, s) for the hash z, where R is a point with x = r. */
  private static PublicKey keyFor(Bytes hash, Bytes signature) {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    Bytes first = signature.slice(0, OCTETS);
    BigInteger s = number(signature.slice(OCTETS, 2 * OCTETS));
    ECPoint nonce = curve.getCurve().decodePoint(Bytes.of(3).plus(first).toArray());
    ECPoint q =
        nonce
            .multiply(s)
            .subtract(curve.getG().multiply(number(hash)))
            .multiply(number(first).modInverse(curve.getN()))
            .normalize();
    Bytes x = Bytes.owned(q.getAffineXCoord().getEncoded());
    Bytes y = Bytes.owned(q.getAffineYCoord().getEncoded());
    return PublicKey.ofSignature(SignatureAlgorithm.ES256, x.plus(y));
  }

  private static BigInteger number(Bytes octets) {
    return new BigInteger(1, octets.toArray());
  }
}
