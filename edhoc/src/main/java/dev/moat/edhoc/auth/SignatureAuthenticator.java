package dev.moat.edhoc.auth;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.SigStructure;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyUse;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import java.util.Optional;

/** A COSE_Sign1 over the statement and a MAC as long as the hash. */
record SignatureAuthenticator(CipherSuite suite, Curves curves) implements Authenticator {
  @Override
  public int macOctets() {
    return suite.macOctets(AuthenticationKind.SIGNATURE);
  }

  @Override
  public Prover prover(Identity own) {
    if (own instanceof Identity.Signing signing && own.fits(AuthenticationKind.SIGNATURE, suite)) {
      return new Signer(signing.key());
    }
    throw new IllegalArgumentException("the identity has no key to sign with in this suite");
  }

  @Override
  public Verifier verifier(Credential credential) throws EdhocException {
    if (!credential.permits(KeyUse.SIGNATURE)
        || !credential.key().curve().signature().equals(Optional.of(suite.signature()))) {
      throw new EdhocException(Reason.UNSUITABLE_KEY);
    }
    try {
      return new SignatureCheck(credential, credential.verification(curves));
    } catch (CoseException refused) {
      throw new EdhocException(Reason.UNSUITABLE_KEY, refused);
    }
  }

  /** The octets that are signed: the payload is the MAC (RFC 9528, Appendix C.3). */
  private static Bytes signed(Statement statement, SecretBytes mac) {
    return mac.use(
        lent ->
            SigStructure.of(statement.protectedMap(), statement.externalAad(), Bytes.copyOf(lent)));
  }

  record Signer(SigningKey key) implements Prover {
    @Override
    public Optional<SecretBytes> agree(DhPublicKey ephemeral) {
      return Optional.empty();
    }

    @Override
    public Bytes prove(Statement statement, SecretBytes mac) {
      return key.sign(signed(statement, mac));
    }
  }

  record SignatureCheck(Credential credential, VerificationKey key) implements Verifier {
    @Override
    public Optional<SecretBytes> agree(DhPrivateKey ephemeral) {
      return Optional.empty();
    }

    @Override
    public VerifiedPeer verify(
        IdCred idCred, Statement statement, SecretBytes mac, Bytes signatureOrMac)
        throws EdhocException {
      if (!key.verify(signed(statement, mac), signatureOrMac)) {
        throw new EdhocException(Reason.AUTHENTICATION_FAILED);
      }
      return new VerifiedPeer(idCred, credential);
    }
  }
}
