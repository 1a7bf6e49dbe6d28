package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Plaintext3a;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Th3;

/** message_2 is out; PRK_3e2m waits for the genuine message_3. */
public final class PskAwaitingMessage3 implements AutoCloseable {
  private final Sent sent;
  private final Prk3e2m prk3e2m;
  private final Once<Prk3e2m> once;

  PskAwaitingMessage3(Sent sent, Prk3e2m prk3e2m) {
    this.sent = sent;
    this.prk3e2m = prk3e2m;
    this.once = new Once<>(prk3e2m);
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
   * Decrypts the outer layer of a message_3 (draft-ietf-lake-edhoc-psk, Section 5.3.3). May be
   * called again for another one.
   *
   * @throws EdhocException with TOO_LONG, BAD_ID_CRED, or a reason of {@link Message3#decode} or
   *     {@link Plaintext3a#decode}
   * @throws IllegalStateException when a message_3 was verified already, or after {@link #close()}
   */
  public PskUnverifiedMessage3 receive(Bytes message3) throws EdhocException {
    Bytes ciphertext3a = Message3.decode(message3).ciphertext3();
    // Beyond one derivation the draft's labels would run into those of other keys.
    if (ciphertext3a.length() > sent.terms().kdf().maxOctets()) {
      throw new EdhocException(Reason.TOO_LONG);
    }
    Bytes plaintext3a = PskTranscript.applyKeystream3a(once.look(), sent.th3(), ciphertext3a);
    return new PskUnverifiedMessage3(sent, Plaintext3a.decode(plaintext3a), once);
  }

  /** Erases the key: the session ends here, also for states that came of this one. */
  @Override
  public void close() {
    prk3e2m.close();
  }

  /** A session whose message_2 was composed; nothing of it is secret. */
  record Sent(Terms terms, Message1 message1, ConnectionId cR, Message2 message2, Th3 th3) {}
}
