package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.suite.AuthenticationKind;

/**
 * Who one side of a trace is.
 *
 * @param idCred ID_CRED_x
 * @param credential CRED_x
 */
record TraceIdentity(IdCred idCred, Credential credential) {
  /** The identity of a side. */
  static TraceIdentity of(Trace trace, Role role) throws CoseException {
    String letter = Trace.letter(role);
    IdCred idCred = IdCred.decode(trace.value("ID_CRED_" + letter + "_cbor"));
    return new TraceIdentity(idCred, credential(trace.value("CRED_" + letter + "_cbor"), idCred));
  }

  /** CRED_x: a certificate is in a byte string, a claims set is a map. */
  private static Credential credential(Bytes encoded, IdCred idCred) throws CoseException {
    try {
      CborReader reader = new CborReader(encoded);
      switch (reader.kind()) {
        case BYTES -> {
          Bytes certificate = reader.bytes();
          reader.end();
          return Credential.x509(certificate);
        }
        case MAP -> {
          return Credential.ccs(encoded);
        }
        default ->
            throw new UnsupportedOperationException(
                "credentials named by " + idCred.type() + " of another kind than X.509 and CCS");
      }
    } catch (CborException e) {
      throw new IllegalArgumentException("CRED_x is no CBOR: " + e.getMessage());
    }
  }

  /** This identity with its private key, to authenticate as the method wants. */
  Identity own(Trace trace, Role role, Curves curves) throws CoseException {
    try (SecretBytes secret = Json.secret(trace.values(), "SK_" + Trace.letter(role));
        PrivateKey key = PrivateKey.of(credential.key(), secret)) {
      return trace.method().of(role) == AuthenticationKind.SIGNATURE
          ? Identity.signing(idCred, credential, key.signing(curves))
          : Identity.staticDh(idCred, credential, key.agreement(curves));
    }
  }

  /** The key in the credential. */
  PublicKey key() {
    return credential.key();
  }
}
