package dev.moat.edhoc.responder;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Authenticator;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.Prover;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.schedule.Kdf;
import dev.moat.edhoc.schedule.Prk2e;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.schedule.Th2;
import dev.moat.edhoc.schedule.Th3;
import java.util.Optional;

/** message_1 was read. Nothing of it is authenticated before message_3. Immutable. */
public final class ReceivedMessage1 {
  private final Terms terms;
  private final Message1 message1;
  private final DhPublicKey gX;

  ReceivedMessage1(Terms terms, Message1 message1, DhPublicKey gX) {
    this.terms = terms;
    this.message1 = message1;
    this.gX = gX;
  }

  /** Method and suite as the Initiator selected them. */
  public Terms terms() {
    return terms;
  }

  /** The message, with C_I and EAD_1. */
  public Message1 message1() {
    return message1;
  }

  /** G_X, checked. */
  public DhPublicKey gX() {
    return gX;
  }

  /**
   * Composes message_2 (RFC 9528, Section 5.3.2).
   *
   * @param own who to be to this Initiator
   * @param cR a connection identifier that no live session has
   * @param ephemeral a key of the suite's curve, which must never be used again and which is taken
   *     over, also in case of an exception
   * @throws EdhocException with SAME_CONNECTION_ID, or BAD_EPHEMERAL_KEY when G_X leads to an
   *     all-zero secret
   * @throws IllegalArgumentException when the identity's key does not fit method and suite, or the
   *     method is one of a pre-shared key
   */
  public AwaitingMessage3 message2(
      Identity own, ConnectionId cR, EadItems ead2, DhPrivateKey ephemeral) throws EdhocException {
    try {
      terms.requireUsable(message1.cI(), cR);
      return compose(own, cR, ead2, ephemeral);
    } catch (EdhocException | IllegalArgumentException refused) {
      ephemeral.close();
      throw refused;
    }
  }

  private AwaitingMessage3 compose(
      Identity own, ConnectionId cR, EadItems ead2, DhPrivateKey ephemeral) throws EdhocException {
    Prover prover = terms.authenticator(Role.RESPONDER).prover(own);
    Kdf kdf = terms.kdf();
    Th2 th2 = Th2.of(kdf, ephemeral.publicKey(), message1.encoded());
    try (SecretBytes gXY = Terms.shared(ephemeral, gX);
        Prk2e prk2e = Prk2e.of(kdf, th2, gXY)) {
      Prk3e2m prk3e2m = prk3e2m(prk2e, prover);
      Statement statement =
          Statement.ofResponder(
              cR.encoded(),
              own.idCred().encoded(),
              th2,
              own.credential().encoded(),
              ead2.encoded());
      Bytes proof = signatureOrMac2(prk3e2m, prover, statement);
      Bytes plaintext2 = new Plaintext2(cR, own.idCred().encoded(), proof, ead2).encoded();
      Message2 message2 = new Message2(ephemeral.publicKey(), prk2e.applyKeystream2(plaintext2));
      Th3 th3 = Th3.of(kdf, th2, plaintext2, own.credential().encoded());
      return new AwaitingMessage3(
          new Sent(terms, message1, own, cR, message2, th3), prk3e2m, ephemeral);
    }
  }

  private Prk3e2m prk3e2m(Prk2e prk2e, Prover prover) throws EdhocException {
    Optional<SecretBytes> gRX = prover.agree(gX);
    if (gRX.isEmpty()) {
      return prk2e.carried();
    }
    try (SecretBytes secret = gRX.get()) {
      return prk2e.mixed(secret);
    }
  }

  private Bytes signatureOrMac2(Prk3e2m prk3e2m, Prover prover, Statement statement) {
    Authenticator authenticator = terms.authenticator(Role.RESPONDER);
    try (SecretBytes mac2 = prk3e2m.mac2(statement, authenticator.macOctets())) {
      return prover.prove(statement, mac2);
    }
  }

  /**
   * A session whose message_2 was composed; nothing of it is secret but what the identity holds.
   */
  record Sent(
      Terms terms, Message1 message1, Identity own, ConnectionId cR, Message2 message2, Th3 th3) {}
}
