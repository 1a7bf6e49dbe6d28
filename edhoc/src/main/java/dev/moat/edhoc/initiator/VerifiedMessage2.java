package dev.moat.edhoc.initiator;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.credential.Credential;
import dev.moat.crypto.Crypto;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Authenticator;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.Prover;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.initiator.AwaitingMessage2.Opened;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Plaintext3;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.schedule.Th3;
import dev.moat.edhoc.schedule.Th4;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.session.SessionFacts;
import java.util.Optional;

/** The Responder is authenticated. */
public final class VerifiedMessage2 implements AutoCloseable {
  private final Opened opened;
  private final VerifiedPeer peer;
  private final Credential credentialR;
  private final Th3 th3;
  private final Prk3e2m prk3e2m;
  private final Once<Prk3e2m> once;

  VerifiedMessage2(
      Opened opened, VerifiedPeer peer, Credential credentialR, Th3 th3, Prk3e2m prk3e2m) {
    this.opened = opened;
    this.peer = peer;
    this.credentialR = credentialR;
    this.th3 = th3;
    this.prk3e2m = prk3e2m;
    this.once = new Once<>(prk3e2m);
  }

  /** Who the Responder is. */
  public VerifiedPeer peer() {
    return peer;
  }

  /** EAD_2, of which it is known now who sent it. */
  public EadItems ead2() {
    return opened.claims().ead();
  }

  /**
   * Composes message_3 (RFC 9528, Section 5.4.2), once, and erases PRK_3e2m.
   *
   * @param own whom the Responder is told to talk to
   * @throws EdhocException with OWN_CREDENTIAL when the peer is this identity itself (Appendix
   *     D.2), or BAD_EPHEMERAL_KEY when its static key leads nowhere; the session is over then
   * @throws IllegalArgumentException when the identity's key does not fit method and suite
   * @throws IllegalStateException on a second call, or after {@link #close()}
   */
  public AwaitingMessage4 message3(Identity own, EadItems ead3) throws EdhocException {
    own.requireOther(credentialR);
    Terms terms = opened.terms();
    Authenticator authenticator = terms.authenticator(Role.INITIATOR);
    Prover prover = authenticator.prover(own);
    try (Prk3e2m prk = once.take();
        MessageKey key3 = prk.messageKey3(th3, terms.suite().aead());
        Prk4e3m prk4e3m = prk4e3m(prk, prover)) {
      Plaintext3 plaintext3 =
          new Plaintext3(own.idCred().encoded(), signatureOrMac3(prk4e3m, prover, own, ead3), ead3);
      Crypto crypto = terms.primitives().symmetric();
      Bytes ciphertext3 = key3.seal(crypto, th3.value(), plaintext3.encoded());
      Bytes credI = own.credential().encoded();
      Th4 th4 = Th4.of(terms.kdf(), th3, plaintext3.encoded(), credI);
      EdhocSession session = EdhocSession.of(facts(credI, th4), prk4e3m);
      MessageKey key4 = prk4e3m.messageKey4(th4, terms.suite().aead());
      return new AwaitingMessage4(crypto, new Message3(ciphertext3), session, key4);
    }
  }

  private Prk4e3m prk4e3m(Prk3e2m prk, Prover prover) throws EdhocException {
    Optional<SecretBytes> gIY = prover.agree(opened.gY());
    if (gIY.isEmpty()) {
      return prk.carried();
    }
    try (SecretBytes secret = gIY.get()) {
      return prk.mixed(th3, secret);
    }
  }

  private Bytes signatureOrMac3(Prk4e3m prk4e3m, Prover prover, Identity own, EadItems ead3) {
    Statement statement =
        Statement.ofInitiator(
            own.idCred().encoded(), th3, own.credential().encoded(), ead3.encoded());
    int octets = opened.terms().authenticator(Role.INITIATOR).macOctets();
    try (SecretBytes mac3 = prk4e3m.mac3(statement, octets)) {
      return prover.prove(statement, mac3);
    }
  }

  private SessionFacts facts(Bytes credI, Th4 th4) {
    return new SessionFacts(
        Role.INITIATOR, opened.terms(), opened.message1(), opened.claims().cR(), credI, peer, th4);
  }

  /** Erases the key: the session ends here. */
  @Override
  public void close() {
    prk3e2m.close();
  }
}
