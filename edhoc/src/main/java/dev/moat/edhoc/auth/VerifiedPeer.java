package dev.moat.edhoc.auth;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.schedule.MessageKey;
import java.util.Objects;
import java.util.Optional;

/**
 * Evidence that the peer of this session has the key of a credential. Only a verification makes it,
 * and no session comes about without it. Immutable.
 */
public final class VerifiedPeer {
  private final IdCred idCred;
  private final Optional<Credential> credential;
  private final Bytes encoded;

  VerifiedPeer(IdCred idCred, Credential credential) {
    this.idCred = idCred;
    this.credential = Optional.of(credential);
    this.encoded = credential.encoded();
  }

  private VerifiedPeer(IdCred idCred, Bytes encoded) {
    this.idCred = idCred;
    this.credential = Optional.empty();
    this.encoded = encoded;
  }

  /**
   * The peer with whom a key is shared, who made a message with it.
   *
   * @param idCredPsk how the key is named
   * @param credential the peer's encoded credential
   * @param evidence of a message whose key comes from the shared key
   */
  public static VerifiedPeer byPsk(IdCred idCredPsk, Bytes credential, MessageKey.Opened evidence) {
    Objects.requireNonNull(evidence);
    return new VerifiedPeer(idCredPsk, credential);
  }

  /**
   * The peer with whom a key is shared, before anything was received that was made with it: the
   * session's keys are of use to nobody else, and the session stays unconfirmed until a message
   * shows that the peer has them (draft-ietf-lake-edhoc-psk, Section 5.4).
   */
  public static VerifiedPeer expectedByPsk(IdCred idCredPsk, Bytes credential) {
    return new VerifiedPeer(idCredPsk, credential);
  }

  /** How the peer named its credential, or the shared key. */
  public IdCred idCred() {
    return idCred;
  }

  /** The credential whose private key the peer has; empty with a pre-shared key. */
  public Optional<Credential> credential() {
    return credential;
  }

  /** CRED_x as it went into the transcript. */
  public Bytes encoded() {
    return encoded;
  }

  @Override
  public String toString() {
    return "VerifiedPeer[" + idCred + "]";
  }
}
