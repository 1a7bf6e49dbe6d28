package dev.moat.cli.edhoc;

import dev.moat.cli.console.Failure;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.SigningKey;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.suite.AuthenticationKind;

/**
 * An identity whose key is ready for use.
 *
 * @param identity the identity
 * @param key what closing this closes
 */
record OpenedIdentity(Identity identity, AutoCloseable key) implements AutoCloseable {
  /** Prepares the key of {@code own}, which stays the caller's. */
  static OpenedIdentity of(OwnIdentity own, Curves curves) {
    try {
      return own.use() == AuthenticationKind.SIGNATURE
          ? signing(own.idCred(), own.credential(), own.key(), curves)
          : staticDh(own.idCred(), own.credential(), own.key(), curves);
    } catch (CoseException e) {
      throw Failure.usage(
          "the private key of "
              + own.credential().subject().orElse("this side")
              + " is unusable: "
              + e.getMessage(),
          "Make a new one with 'moat keygen'.");
    }
  }

  private static OpenedIdentity signing(
      IdCred idCred, Credential credential, PrivateKey key, Curves curves) throws CoseException {
    SigningKey signer = key.signing(curves);
    return new OpenedIdentity(Identity.signing(idCred, credential, signer), signer);
  }

  private static OpenedIdentity staticDh(
      IdCred idCred, Credential credential, PrivateKey key, Curves curves) throws CoseException {
    DhPrivateKey agreement = key.agreement(curves);
    return new OpenedIdentity(Identity.staticDh(idCred, credential, agreement), agreement);
  }

  @Override
  public void close() {
    try {
      key.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
