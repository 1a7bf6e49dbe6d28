package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.testkit.InsecureSeededRandom;

/** Two identities with static Diffie-Hellman keys on P-256 and a kid of 8 octets. */
record CredentialsOfOthers(BenchIdentity initiator, BenchIdentity responder) {
  static CredentialsOfOthers fresh() {
    return new CredentialsOfOthers(identity(1), identity(2));
  }

  private static BenchIdentity identity(int number) {
    PrivateKey key =
        PrivateKey.generate(
            KeyCurve.P_256,
            PrimitivesChoice.bouncyCastle().curves(),
            new InsecureSeededRandom(number));
    Bytes kid = Bytes.utf8("number " + number);
    Credential credential = Credential.ccsOf("someone", key.publicKey().withKid(kid));
    return new BenchIdentity(IdCred.kid(kid), credential, key, AuthenticationKind.STATIC_DH);
  }
}
