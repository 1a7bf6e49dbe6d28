package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Plaintext2a;
import dev.moat.edhoc.message.Plaintext3a;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.Th3;
import dev.moat.edhoc.schedule.Th4;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.session.SessionFacts;

/**
 * message_2 was decrypted. With a pre-shared key nothing in it is authenticated: the responder
 * proves itself by message_4 or by a message under an exported key.
 */
public final class PskReceivedMessage2 implements AutoCloseable {
  private final Opened opened;
  private final Prk3e2m prk3e2m;
  private final Once<DhPrivateKey> ephemeral;

  PskReceivedMessage2(Opened opened, Prk3e2m prk3e2m, Once<DhPrivateKey> ephemeral) {
    this.opened = opened;
    this.prk3e2m = prk3e2m;
    this.ephemeral = ephemeral;
  }

  /** C_R as the peer claims it. */
  public ConnectionId claimedCR() {
    return opened.claims().cR();
  }

  /** EAD_2 as the peer claims it; critical items that are not known have to end the session. */
  public EadItems claimedEad2() {
    return opened.claims().ead();
  }

  /**
   * Composes message_3 (draft-ietf-lake-edhoc-psk, Section 5.3.2), once in a session, and erases
   * the ephemeral key. The session that comes of it is unconfirmed: nothing of it is stored before
   * the responder has shown that it has the key (Section 5.4).
   *
   * @param credential the key to present; whoever made message_2 learns its identifier
   * @throws EdhocException with TOO_LONG when EAD_3 is longer than the keystream can be
   * @throws IllegalArgumentException when the key belongs to another hash than the suite's
   * @throws IllegalStateException when message_3 was composed before, or after a {@code close}
   */
  public AwaitingMessage4 message3(PskCredential credential, EadItems ead3) throws EdhocException {
    Terms terms = opened.terms();
    if (credential.hash() != terms.suite().hash()) {
      throw new IllegalArgumentException("the pre-shared key is for " + credential.hash());
    }
    PskTranscript transcript = new PskTranscript(terms, Role.INITIATOR, opened.th3(), credential);
    Bytes idCred = credential.idCred().encoded();
    requireShort(idCred, ead3);
    ephemeral.take().close();
    try (prk3e2m;
        Prk4e3m prk4e3m = transcript.prk4e3m(prk3e2m)) {
      Message3 message3 = message3(transcript, prk4e3m, ead3);
      Th4 th4 = transcript.th4(idCred, ead3);
      EdhocSession session = EdhocSession.of(facts(credential, th4), prk4e3m);
      MessageKey key4 = prk4e3m.messageKey4(th4, terms.suite().aead());
      return new AwaitingMessage4(terms.primitives().symmetric(), message3, session, key4);
    }
  }

  private void requireShort(Bytes idCred, EadItems ead3) throws EdhocException {
    Terms terms = opened.terms();
    int ciphertext3b = ead3.encoded().length() + terms.suite().aead().tagOctets();
    Plaintext3a sized = new Plaintext3a(idCred, Bytes.owned(new byte[ciphertext3b]));
    if (sized.encoded().length() > terms.kdf().maxOctets()) {
      throw new EdhocException(Reason.TOO_LONG);
    }
  }

  private Message3 message3(PskTranscript transcript, Prk4e3m prk4e3m, EadItems ead3) {
    Crypto crypto = opened.terms().primitives().symmetric();
    Bytes idCred = transcript.credential().idCred().encoded();
    try (MessageKey key3 = transcript.key3(prk4e3m)) {
      Bytes ciphertext3b = key3.seal(crypto, transcript.externalAad(idCred), ead3.encoded());
      Bytes plaintext3a = new Plaintext3a(idCred, ciphertext3b).encoded();
      return new Message3(PskTranscript.applyKeystream3a(prk3e2m, opened.th3(), plaintext3a));
    }
  }

  private SessionFacts facts(PskCredential credential, Th4 th4) {
    return new SessionFacts(
        Role.INITIATOR,
        opened.terms(),
        opened.message1(),
        opened.claims().cR(),
        Bytes.empty(),
        VerifiedPeer.expectedByPsk(credential.idCred(), credential.identity()),
        th4);
  }

  /** Erases the key of this message_2; {@link PskAwaitingMessage2} can still receive another. */
  @Override
  public void close() {
    prk3e2m.close();
  }

  /** A session whose message_2 was decrypted; nothing of it is secret, and nothing verified. */
  record Opened(Terms terms, Message1 message1, Plaintext2a claims, Th3 th3) {}
}
