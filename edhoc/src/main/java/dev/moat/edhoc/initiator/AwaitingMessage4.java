package dev.moat.edhoc.initiator;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.Crypto;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Message4;
import dev.moat.edhoc.message.Plaintext4;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.session.EdhocSession;

/**
 * message_3 is out, and the session has its keys. Whether a message_4 follows is for the
 * application profile to say (RFC 9528, Section 5.5). The same for all methods.
 */
public final class AwaitingMessage4 implements AutoCloseable {
  private final Crypto crypto;
  private final Message3 message3;
  private final EdhocSession session;
  private final MessageKey key4;

  /**
   * Takes over {@code key4} and {@code session}.
   *
   * @param key4 K_4 and IV_4
   */
  public AwaitingMessage4(Crypto crypto, Message3 message3, EdhocSession session, MessageKey key4) {
    this.crypto = crypto;
    this.message3 = message3;
    this.session = session;
    this.key4 = key4;
  }

  /** message_3, to be sent. */
  public Bytes message3() {
    return message3.encoded();
  }

  /**
   * Verifies a message_4 (Section 5.5.3): the session is confirmed then. May be called again when
   * one does not verify.
   *
   * @return EAD_4; critical items that are not known have to end the session
   * @throws EdhocException with DECRYPTION_FAILED, or a reason of {@link Message4#decode} or {@link
   *     Plaintext4#decode}
   * @throws IllegalStateException after {@link #close()} or {@link #completeWithoutMessage4()}
   */
  public EadItems receive(Bytes message4) throws EdhocException {
    Bytes ciphertext4 = Message4.decode(message4).ciphertext4();
    MessageKey.Opened opened =
        key4.open(crypto, session.th4().value(), ciphertext4)
            .orElseThrow(() -> new EdhocException(Reason.DECRYPTION_FAILED));
    EadItems ead4 = Plaintext4.decode(opened.plaintext()).ead();
    session.confirmedBy(opened);
    return ead4;
  }

  /** The session, with keys that the Responder has not confirmed unless message_4 was received. */
  public EdhocSession session() {
    return session;
  }

  /** The session, when no message_4 is to come; erases the key of message_4. */
  public EdhocSession completeWithoutMessage4() {
    key4.close();
    return session;
  }

  /** Erases the key of message_4 and ends the session. */
  @Override
  public void close() {
    key4.close();
    session.close();
  }
}
