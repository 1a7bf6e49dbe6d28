package dev.moat.conformance.edhoc;

import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.suite.AuthenticationKind;

/** Someone with a long-term key and a credential for it. */
record Person(
    String name, PrivateKey key, Credential credential, IdCred idCred, AuthenticationKind kind) {

  /** What this person uses as an honest endpoint. */
  Identity identity(Curves curves) {
    try {
      return kind == AuthenticationKind.SIGNATURE
          ? Identity.signing(idCred, credential, key.signing(curves))
          : Identity.staticDh(idCred, credential, key.agreement(curves));
    } catch (CoseException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The static key, for whoever has stolen it. */
  DhPrivateKey staticKey(Curves curves) {
    try {
      return key.agreement(curves);
    } catch (CoseException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
