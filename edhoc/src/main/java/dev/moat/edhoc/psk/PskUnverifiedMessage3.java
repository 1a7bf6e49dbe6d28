package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.Crypto;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Plaintext3a;
import dev.moat.edhoc.psk.PskAwaitingMessage3.Sent;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.Th4;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.session.SessionFacts;

/**
 * The outer layer of message_3 was decrypted; it tells by which key the inner one can be verified.
 * EAD_3 is in the inner one.
 */
public final class PskUnverifiedMessage3 {
  private final Sent sent;
  private final Plaintext3a claims;
  private final IdCred claimed;
  private final Once<Prk3e2m> prk3e2m;

  PskUnverifiedMessage3(Sent sent, Plaintext3a claims, Once<Prk3e2m> prk3e2m)
      throws EdhocException {
    this.sent = sent;
    this.claims = claims;
    this.prk3e2m = prk3e2m;
    try {
      this.claimed = IdCred.decode(claims.idCred());
    } catch (CoseException refused) {
      throw new EdhocException(Reason.BAD_ID_CRED, refused);
    }
  }

  /** ID_CRED_PSK: which key the peer claims to have. */
  public IdCred claimedIdCredPsk() {
    return claimed;
  }

  /**
   * Verifies CIPHERTEXT_3B (draft-ietf-lake-edhoc-psk, Section 5.3.3). May be called again for
   * another candidate; success erases all that is older than the session's keys.
   *
   * @throws EdhocException with PSK_FOR_OTHER_HASH (Section 9.5), DECRYPTION_FAILED, or a reason of
   *     {@link EadItems#decode}
   * @throws IllegalStateException when a message_3 was verified already, or after a {@code close}
   */
  public VerifiedMessage3 verify(PskCredential credential) throws EdhocException {
    Terms terms = sent.terms();
    if (credential.hash() != terms.suite().hash()) {
      throw new EdhocException(Reason.PSK_FOR_OTHER_HASH);
    }
    PskTranscript transcript = new PskTranscript(terms, Role.RESPONDER, sent.th3(), credential);
    Crypto crypto = terms.primitives().symmetric();
    try (Prk4e3m prk4e3m = transcript.prk4e3m(prk3e2m.look());
        MessageKey key3 = transcript.key3(prk4e3m)) {
      Bytes aad = transcript.externalAad(claims.idCred());
      MessageKey.Opened opened =
          key3.open(crypto, aad, claims.ciphertext3b())
              .orElseThrow(() -> new EdhocException(Reason.DECRYPTION_FAILED));
      EadItems ead3 = EadItems.decode(opened.plaintext());
      prk3e2m.take().close();
      Th4 th4 = transcript.th4(claims.idCred(), ead3);
      EdhocSession session = EdhocSession.of(facts(opened, credential, th4), prk4e3m);
      MessageKey key4 = prk4e3m.messageKey4(th4, terms.suite().aead());
      return new VerifiedMessage3(crypto, ead3, session, key4);
    }
  }

  private SessionFacts facts(MessageKey.Opened evidence, PskCredential credential, Th4 th4) {
    return new SessionFacts(
        Role.RESPONDER,
        sent.terms(),
        sent.message1(),
        sent.cR(),
        Bytes.empty(),
        VerifiedPeer.byPsk(claimed, credential.identity(), evidence),
        th4);
  }
}
