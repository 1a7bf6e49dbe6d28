package dev.moat.edhoc.auth;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyUse;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import java.util.Optional;

/** A short MAC over the statement, whose key only the static Diffie-Hellman key gives. */
record StaticDhAuthenticator(CipherSuite suite, Curves curves) implements Authenticator {
  @Override
  public int macOctets() {
    return suite.macOctets(AuthenticationKind.STATIC_DH);
  }

  @Override
  public Prover prover(Identity own) {
    if (own instanceof Identity.StaticDh dh && own.fits(AuthenticationKind.STATIC_DH, suite)) {
      return new Holder(dh.key());
    }
    throw new IllegalArgumentException("the identity has no static key of this suite's curve");
  }

  @Override
  public Verifier verifier(Credential credential) throws EdhocException {
    if (!credential.permits(KeyUse.AGREEMENT)
        || !credential.key().curve().dh().equals(Optional.of(suite.curve()))) {
      throw new EdhocException(Reason.UNSUITABLE_KEY);
    }
    try {
      return new MacCheck(credential, credential.agreement(curves));
    } catch (CoseException refused) {
      throw new EdhocException(Reason.UNSUITABLE_KEY, refused);
    }
  }

  private static Optional<SecretBytes> agree(DhPrivateKey own, DhPublicKey peer, Reason refusal)
      throws EdhocException {
    try {
      return Optional.of(own.agree(peer));
    } catch (KeyMaterialException refused) {
      throw new EdhocException(refusal, refused);
    }
  }

  record Holder(DhPrivateKey key) implements Prover {
    @Override
    public Optional<SecretBytes> agree(DhPublicKey ephemeral) throws EdhocException {
      return StaticDhAuthenticator.agree(key, ephemeral, Reason.BAD_EPHEMERAL_KEY);
    }

    @Override
    public Bytes prove(Statement statement, SecretBytes mac) {
      return mac.use(Bytes::copyOf);
    }
  }

  record MacCheck(Credential credential, DhPublicKey key) implements Verifier {
    @Override
    public Optional<SecretBytes> agree(DhPrivateKey ephemeral) throws EdhocException {
      return StaticDhAuthenticator.agree(ephemeral, key, Reason.UNSUITABLE_KEY);
    }

    @Override
    public VerifiedPeer verify(
        IdCred idCred, Statement statement, SecretBytes mac, Bytes signatureOrMac)
        throws EdhocException {
      try (SecretBytes received = SecretBytes.copyOf(signatureOrMac.toArray())) {
        // Of another length they are unequal, too; the comparison takes constant time.
        if (!mac.equals(received)) {
          throw new EdhocException(Reason.AUTHENTICATION_FAILED);
        }
      }
      return new VerifiedPeer(idCred, credential);
    }
  }
}
