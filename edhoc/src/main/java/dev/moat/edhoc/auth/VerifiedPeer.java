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
  private final Bytes identity;

  VerifiedPeer(IdCred idCred, Credential credential) {
    this.idCred = idCred;
    this.credential = Optional.of(credential);
    this.encoded = credential.encoded();
    this.identity = encoded;
  }

  private VerifiedPeer(IdCred idCred, Bytes identity) {
    this.idCred = idCred;
    this.credential = Optional.empty();
    this.encoded = Bytes.empty();
    this.identity = identity;
  }

  /**
   * The peer with whom a key is shared, who made a message with it.
   *
   * @param idCredPsk how the key is named
   * @param identity see {@link #identity()}
   * @param evidence of a message whose key comes from the shared key
   */
  public static VerifiedPeer byPsk(IdCred idCredPsk, Bytes identity, MessageKey.Opened evidence) {
    Objects.requireNonNull(evidence);
    return new VerifiedPeer(idCredPsk, identity);
  }

  /**
   * The peer with whom a key is shared, before anything was received that was made with it: the
   * session's keys are of use to nobody else, and the session stays unconfirmed until a message
   * shows that the peer has them (draft-ietf-lake-edhoc-psk, Section 5.4).
   */
  public static VerifiedPeer expectedByPsk(IdCred idCredPsk, Bytes identity) {
    return new VerifiedPeer(idCredPsk, identity);
  }

  /** How the peer named its credential, or the shared key. */
  public IdCred idCred() {
    return idCred;
  }

  /** The credential whose private key the peer has; empty with a pre-shared key. */
  public Optional<Credential> credential() {
    return credential;
  }

  /** CRED_x as it went into the transcript; zero octets with a pre-shared key. */
  public Bytes encoded() {
    return encoded;
  }

  /**
   * What tells this peer from others, the same in all of its sessions: its credential, or the name
   * by which a pre-shared key was provisioned. No peer can choose it, and it holds no secret; a key
   * of a resumption has that of the session which the first one came from.
   */
  public Bytes identity() {
    return identity;
  }

  @Override
  public String toString() {
    return "VerifiedPeer[" + idCred + "]";
  }
}
