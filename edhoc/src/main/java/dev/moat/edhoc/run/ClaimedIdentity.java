package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import java.util.Optional;

/**
 * Whom a peer claims to be. Immutable.
 *
 * @param idCred ID_CRED_x, or the name of the pre-shared key
 * @param encoded CRED_x; zero octets with a pre-shared key, whose credentials may be secret
 * @param credential the credential with its public key; empty with a pre-shared key
 */
public record ClaimedIdentity(IdCred idCred, Bytes encoded, Optional<Credential> credential) {
  /** Claims to have the key of a credential that the store trusts. */
  public static ClaimedIdentity of(IdCred idCred, Credential credential) {
    return new ClaimedIdentity(idCred, credential.encoded(), Optional.of(credential));
  }

  /** The name in the credential, if it has one. */
  public Optional<String> subject() {
    return credential.flatMap(Credential::subject);
  }
}
