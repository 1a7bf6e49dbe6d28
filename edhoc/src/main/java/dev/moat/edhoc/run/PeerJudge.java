package dev.moat.edhoc.run;

import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.Resolution;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import java.time.Instant;
import java.util.List;

/** From a claim to a verified credential: found, trusted, not one's own, allowed, proved. */
record PeerJudge(EdhocSettings settings) {
  /** A verification with one credential. */
  @FunctionalInterface
  interface Attempt<T> {
    T with(Credential credential) throws EdhocException;
  }

  /**
   * Tries every credential that may be meant.
   *
   * @throws EdhocException with UNKNOWN_CREDENTIAL, UNSUPPORTED_CREDENTIAL, UNTRUSTED_CREDENTIAL,
   *     or why the last candidate was not the one
   */
  <T> T verify(IdCred claimed, Instant now, Attempt<T> attempt) throws EdhocException {
    EdhocException last = new EdhocException(Reason.UNTRUSTED_CREDENTIAL);
    for (Credential candidate : candidates(claimed, now)) {
      try {
        return verify(claimed, candidate, attempt);
      } catch (EdhocException refused) {
        last = refused; // a key identifier may stand for another credential, too (Section 3.5.3)
      }
    }
    throw last;
  }

  private <T> T verify(IdCred claimed, Credential candidate, Attempt<T> attempt)
      throws EdhocException {
    if (settings.isOwn(candidate)) {
      throw new EdhocException(Reason.OWN_CREDENTIAL);
    }
    if (!settings.identityPolicy().allows(ClaimedIdentity.of(claimed, candidate))) {
      throw new EdhocException(Reason.IDENTITY_REFUSED);
    }
    return attempt.with(candidate);
  }

  private List<Credential> candidates(IdCred claimed, Instant now) throws EdhocException {
    Resolution resolution = settings.peers().resolve(claimed, now);
    if (resolution instanceof Resolution.Trusted trusted) {
      return trusted.candidates();
    }
    throw new EdhocException(
        resolution instanceof Resolution.Unknown ? unknown(claimed) : Reason.UNTRUSTED_CREDENTIAL);
  }

  /** Code 3 is for references of a supported type only (Section 6.4). */
  private static Reason unknown(IdCred claimed) {
    return switch (claimed.type()) {
      case KID, C5T, C5U, X5T, X5U -> Reason.UNKNOWN_CREDENTIAL;
      case KCWT, KCCS, C5B, C5C, X5BAG, X5CHAIN -> Reason.UNTRUSTED_CREDENTIAL;
      case OTHER -> Reason.UNSUPPORTED_CREDENTIAL;
    };
  }
}
