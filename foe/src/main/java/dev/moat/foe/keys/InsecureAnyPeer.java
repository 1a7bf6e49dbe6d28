package dev.moat.foe.keys;

import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialStore;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes whoever shows a credential, besides those whom it was told of: unauthenticated operation,
 * as in trust on first use (RFC 9528, Appendix D.5). The control by which the lab shows that a man
 * in the middle is stopped by nothing but authentication.
 */
final class InsecureAnyPeer implements CredentialStore {
  private final CredentialStore known;

  InsecureAnyPeer(CredentialStore known) {
    this.known = known;
  }

  @Override
  public Resolution resolve(IdCred claimed, Instant now) {
    try {
      Optional<Credential> shown = claimed.byValue();
      return shown.isPresent()
          ? new Resolution.Trusted(List.of(shown.get()))
          : known.resolve(claimed, now);
    } catch (CoseException malformed) {
      return new Resolution.Untrusted("no credential: " + malformed.getMessage());
    }
  }
}
