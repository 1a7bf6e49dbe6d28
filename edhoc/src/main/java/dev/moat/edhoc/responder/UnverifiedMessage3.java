package dev.moat.edhoc.responder;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Authenticator;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.auth.Verifier;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Plaintext3;
import dev.moat.edhoc.responder.AwaitingMessage3.Keys;
import dev.moat.edhoc.responder.ReceivedMessage1.Sent;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.schedule.Th4;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.session.SessionFacts;
import java.util.Optional;

/**
 * message_3 was decrypted: it comes from whom message_2 was for, who still may be anyone. The next
 * step takes the credential that the application chose for the claim, and judged.
 */
public final class UnverifiedMessage3 {
  private final Sent sent;
  private final Plaintext3 claims;
  private final IdCred claimed;
  private final Once<Keys> keys;

  UnverifiedMessage3(Sent sent, Plaintext3 claims, Once<Keys> keys) throws EdhocException {
    this.sent = sent;
    this.claims = claims;
    this.keys = keys;
    try {
      this.claimed = IdCred.decode(claims.idCred());
    } catch (CoseException refused) {
      throw new EdhocException(Reason.BAD_ID_CRED, refused);
    }
  }

  /** ID_CRED_I: whom the peer claims to be. */
  public IdCred claimedIdCredI() {
    return claimed;
  }

  /** EAD_3 as the peer claims it; critical items that are not known have to end the session. */
  public EadItems claimedEad3() {
    return claims.ead();
  }

  /**
   * Verifies Signature_or_MAC_3 (RFC 9528, Section 5.4.3). May be called again for another
   * candidate; success erases the ephemeral key and all that is older than the session's keys.
   *
   * @throws EdhocException with OWN_CREDENTIAL when the credential is the one that message_2 was
   *     made with (Appendix D.2), UNSUITABLE_KEY or AUTHENTICATION_FAILED
   * @throws IllegalStateException when a message_3 was verified already, or after a {@code close}
   */
  public VerifiedMessage3 verify(Credential credential) throws EdhocException {
    sent.own().requireOther(credential);
    Authenticator authenticator = sent.terms().authenticator(Role.INITIATOR);
    Verifier verifier = authenticator.verifier(credential);
    Bytes credI = credential.encoded();
    Statement statement =
        Statement.ofInitiator(claims.idCred(), sent.th3(), credI, claims.ead().encoded());
    try (Prk4e3m prk4e3m = prk4e3m(verifier);
        SecretBytes mac3 = prk4e3m.mac3(statement, authenticator.macOctets())) {
      VerifiedPeer peer = verifier.verify(claimed, statement, mac3, claims.signatureOrMac());
      VerifiedMessage3 verified = verified(peer, credI, prk4e3m);
      keys.take().close();
      return verified;
    }
  }

  private Prk4e3m prk4e3m(Verifier verifier) throws EdhocException {
    Keys held = keys.look();
    Optional<SecretBytes> gIY = verifier.agree(held.ephemeral());
    if (gIY.isEmpty()) {
      return held.prk3e2m().carried();
    }
    try (SecretBytes secret = gIY.get()) {
      return held.prk3e2m().mixed(sent.th3(), secret);
    }
  }

  private VerifiedMessage3 verified(VerifiedPeer peer, Bytes credI, Prk4e3m prk4e3m) {
    Terms terms = sent.terms();
    Th4 th4 = Th4.of(terms.kdf(), sent.th3(), claims.encoded(), credI);
    SessionFacts facts =
        new SessionFacts(
            Role.RESPONDER,
            terms,
            sent.message1(),
            sent.cR(),
            sent.own().credential().encoded(),
            peer,
            th4);
    EdhocSession session = EdhocSession.of(facts, prk4e3m);
    return new VerifiedMessage3(
        terms.primitives().symmetric(),
        claims.ead(),
        session,
        prk4e3m.messageKey4(th4, terms.suite().aead()));
  }
}
