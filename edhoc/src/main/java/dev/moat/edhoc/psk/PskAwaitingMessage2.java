package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Plaintext2a;
import dev.moat.edhoc.schedule.Prk2e;
import dev.moat.edhoc.schedule.Th2;
import dev.moat.edhoc.schedule.Th3;

/** message_1 is out; the ephemeral key waits for message_2. */
public final class PskAwaitingMessage2 implements AutoCloseable {
  private final Terms terms;
  private final Message1 message1;
  private final DhPrivateKey ephemeral;
  private final Once<DhPrivateKey> once;

  PskAwaitingMessage2(Terms terms, Message1 message1, DhPrivateKey ephemeral) {
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
   * Decrypts a message_2 (draft-ietf-lake-edhoc-psk, Section 5.2.3), which anyone can have made.
   * May be called again for another one until one of them was answered.
   *
   * @throws EdhocException with BAD_EPHEMERAL_KEY, SAME_CONNECTION_ID, or a reason of {@link
   *     Message2#decode} or {@link Plaintext2a#decode}
   * @throws IllegalStateException when a message_2 was answered, or after {@link #close()}
   */
  public PskReceivedMessage2 receive(Bytes message2) throws EdhocException {
    Message2 received = Message2.decode(message2, terms.suite());
    DhPublicKey gY = terms.ephemeral(received.gY());
    Th2 th2 = Th2.of(terms.kdf(), received.gY(), message1.encoded());
    try (SecretBytes gXY = Terms.shared(once.look(), gY);
        Prk2e prk2e = Prk2e.of(terms.kdf(), th2, gXY)) {
      Plaintext2a claims = Plaintext2a.decode(prk2e.applyKeystream2(received.ciphertext2()));
      terms.requireUsable(message1.cI(), claims.cR());
      Th3 th3 = Th3.of(terms.kdf(), th2, claims.encoded(), Bytes.empty());
      return new PskReceivedMessage2(
          new PskReceivedMessage2.Opened(terms, message1, claims, th3), prk2e.carried(), once);
    }
  }

  /** Erases the ephemeral key: no message_2 can be received any more. */
  @Override
  public void close() {
    ephemeral.close();
  }
}
