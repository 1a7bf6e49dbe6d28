package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import java.util.Optional;

/**
 * Turns a finished session into a key for the next one, with the credentials of the first
 * (draft-ietf-lake-edhoc-psk, Section 6). Such a key is for nothing but resumption, and is stored
 * like the session's own keys.
 *
 * <p>An initiator keeps the key it resumed by until the responder's fourth message was verified, a
 * responder until a fifth message was: then the other one surely has the new key.
 */
public final class PskResumption {
  /** The exporter labels of rPSK and rKID, as the draft suggests them. */
  private static final int RPSK = 2;

  private static final int RKID = 3;

  private static final int KID_OCTETS = 2;

  private PskResumption() {}

  /**
   * The key after a session with public keys; the caller closes it.
   *
   * @throws IllegalArgumentException after a session with a pre-shared key, which goes on from that
   * @throws IllegalStateException before the peer has confirmed the session's keys
   */
  public static PskCredential after(EdhocSession session) {
    if (session.method() == Method.PSK) {
      throw new IllegalArgumentException("credentials of a pre-shared key come from it");
    }
    try (SecretBytes rPsk = rPsk(session);
        SecretBytes own = SecretBytes.copyOf(session.ownCredential().toArray());
        SecretBytes peer = SecretBytes.copyOf(session.peer().encoded().toArray())) {
      Optional<Bytes> identity = Optional.of(session.peer().identity());
      return PskCredential.of(rKid(session), rPsk, own, peer, hash(session), identity);
    }
  }

  /**
   * The key after a session with the pre-shared key {@code used}, external or of a resumption; the
   * caller closes it.
   *
   * @throws IllegalArgumentException after a session of another method
   * @throws IllegalStateException before the peer has confirmed the session's keys
   */
  public static PskCredential after(EdhocSession session, PskCredential used) {
    if (session.method() != Method.PSK) {
      throw new IllegalArgumentException("the session was not with a pre-shared key");
    }
    try (SecretBytes rPsk = rPsk(session)) {
      return used.withKey(rKid(session), rPsk, hash(session));
    }
  }

  private static SecretBytes rPsk(EdhocSession session) {
    int octets = PublishedForm.resumptionKeyOctets(session.suite());
    return session.exportForStorage(RPSK, Bytes.empty(), octets);
  }

  private static Bytes rKid(EdhocSession session) {
    try (SecretBytes rKid = session.exportForStorage(RKID, Bytes.empty(), KID_OCTETS)) {
      return rKid.use(Bytes::copyOf);
    }
  }

  private static EdhocHash hash(EdhocSession session) {
    return session.suite().hash();
  }
}
