package dev.moat.edhoc.responder;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Plaintext3;
import dev.moat.edhoc.responder.ReceivedMessage1.Sent;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.suite.AuthenticationKind;

/** message_2 is out; the keys wait for the genuine message_3. */
public final class AwaitingMessage3 implements AutoCloseable {
  private final Sent sent;
  private final Keys keys;
  private final Once<Keys> once;

  AwaitingMessage3(Sent sent, Prk3e2m prk3e2m, DhPrivateKey ephemeral) {
    this.sent = sent;
    MessageKey key3 = prk3e2m.messageKey3(sent.th3(), sent.terms().suite().aead());
    this.keys = new Keys(prk3e2m, key3, ephemeral);
    this.once = new Once<>(keys);
    if (sent.terms().method().of(Role.INITIATOR) == AuthenticationKind.SIGNATURE) {
      ephemeral.close(); // G_IY is never computed
    }
  }

  /** message_2, to be sent. */
  public Bytes message2() {
    return sent.message2().encoded();
  }

  /** C_R. */
  public ConnectionId cR() {
    return sent.cR();
  }

  /**
   * Decrypts a message_3 (RFC 9528, Section 5.4.3). May be called again for another one.
   *
   * @throws EdhocException with DECRYPTION_FAILED, or a reason of {@link Message3#decode} or {@link
   *     Plaintext3#decode}
   * @throws IllegalStateException when a message_3 was verified already, or after {@link #close()}
   */
  public UnverifiedMessage3 receive(Bytes message3) throws EdhocException {
    Terms terms = sent.terms();
    Bytes ciphertext3 = Message3.decode(message3).ciphertext3();
    MessageKey.Opened opened =
        once.look()
            .key3()
            .open(terms.primitives().symmetric(), sent.th3().value(), ciphertext3)
            .orElseThrow(() -> new EdhocException(Reason.DECRYPTION_FAILED));
    int octets = terms.suite().signatureOrMacOctets(terms.method().of(Role.INITIATOR));
    return new UnverifiedMessage3(sent, Plaintext3.decode(opened.plaintext(), octets), once);
  }

  /** Erases the keys: the session ends here, also for states that came of this one. */
  @Override
  public void close() {
    keys.close();
  }

  /** What is needed until message_3 is verified. */
  record Keys(Prk3e2m prk3e2m, MessageKey key3, DhPrivateKey ephemeral) implements AutoCloseable {
    @Override
    public void close() {
      prk3e2m.close();
      key3.close();
      ephemeral.close();
    }
  }
}
