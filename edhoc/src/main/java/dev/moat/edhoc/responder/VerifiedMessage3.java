package dev.moat.edhoc.responder;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.Crypto;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message4;
import dev.moat.edhoc.message.Plaintext4;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.session.EdhocSession;

/** The Initiator is authenticated, and the session has its keys. The same for all methods. */
public final class VerifiedMessage3 implements AutoCloseable {
  private final Crypto crypto;
  private final EadItems ead3;
  private final EdhocSession session;
  private final MessageKey key4;

  /**
   * Takes over {@code key4} and {@code session}.
   *
   * @param key4 K_4 and IV_4
   */
  public VerifiedMessage3(Crypto crypto, EadItems ead3, EdhocSession session, MessageKey key4) {
    this.crypto = crypto;
    this.ead3 = ead3;
    this.session = session;
    this.key4 = key4;
  }

  /** Who the Initiator is. */
  public VerifiedPeer peer() {
    return session.peer();
  }

  /** EAD_3, of which it is known now who sent it. */
  public EadItems ead3() {
    return ead3;
  }

  /** The session. */
  public EdhocSession session() {
    return session;
  }

  /**
   * Composes message_4 (RFC 9528, Section 5.5.2), once: another one with other items would use the
   * same key and nonce.
   *
   * @throws IllegalStateException on a second call, or after {@link #completeWithoutMessage4()}
   */
  public Bytes message4(EadItems ead4) {
    try (key4) {
      Bytes plaintext4 = new Plaintext4(ead4).encoded();
      return new Message4(key4.seal(crypto, session.th4().value(), plaintext4)).encoded();
    }
  }

  /** The session, when no message_4 is to be sent; erases the key of message_4. */
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
