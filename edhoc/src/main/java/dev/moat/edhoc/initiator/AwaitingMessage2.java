package dev.moat.edhoc.initiator;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.schedule.Kdf;
import dev.moat.edhoc.schedule.Prk2e;
import dev.moat.edhoc.schedule.Th2;

/** message_1 is out; the ephemeral key waits for the genuine message_2. */
public final class AwaitingMessage2 implements AutoCloseable {
  private final Terms terms;
  private final Message1 message1;
  private final DhPrivateKey ephemeral;
  private final Once<DhPrivateKey> once;

  AwaitingMessage2(Terms terms, Message1 message1, DhPrivateKey ephemeral) {
    this.terms = terms;
    this.message1 = message1;
    this.ephemeral = ephemeral;
    this.once = new Once<>(ephemeral);
  }

  /** message_1, to be sent. */
  public Bytes message1() {
    return message1.encoded();
  }

  /**
   * Decrypts a message_2 (RFC 9528, Section 5.3.3). May be called again for another one.
   *
   * @throws EdhocException with BAD_EPHEMERAL_KEY, SAME_CONNECTION_ID, or a reason of {@link
   *     Message2#decode} or {@link Plaintext2#decode}
   * @throws IllegalStateException when a message_2 was verified already, or after {@link #close()}
   */
  public UnverifiedMessage2 receive(Bytes message2) throws EdhocException {
    Message2 received = Message2.decode(message2, terms.suite());
    DhPublicKey gY = terms.ephemeral(received.gY());
    Kdf kdf = terms.kdf();
    Th2 th2 = Th2.of(kdf, received.gY(), message1.encoded());
    Prk2e prk2e = prk2e(kdf, th2, gY);
    try {
      Bytes plaintext2 = prk2e.applyKeystream2(received.ciphertext2());
      Plaintext2 claims = Plaintext2.decode(plaintext2, signatureOrMacOctets());
      terms.requireUsable(message1.cI(), claims.cR());
      return new UnverifiedMessage2(new Opened(terms, message1, gY, th2, claims), prk2e, once);
    } catch (EdhocException refused) {
      prk2e.close();
      throw refused;
    }
  }

  private Prk2e prk2e(Kdf kdf, Th2 th2, DhPublicKey gY) throws EdhocException {
    try (SecretBytes gXY = Terms.shared(once.look(), gY)) {
      return Prk2e.of(kdf, th2, gXY);
    }
  }

  private int signatureOrMacOctets() {
    return terms.suite().signatureOrMacOctets(terms.method().of(Role.RESPONDER));
  }

  /** Erases the ephemeral key: the session ends here, also for states that came of this one. */
  @Override
  public void close() {
    ephemeral.close();
  }

  /** A session whose message_2 was decrypted; nothing of it is secret, and nothing verified. */
  record Opened(Terms terms, Message1 message1, DhPublicKey gY, Th2 th2, Plaintext2 claims) {}
}
