package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Plaintext2a;
import dev.moat.edhoc.responder.ReceivedMessage1;
import dev.moat.edhoc.schedule.Prk2e;
import dev.moat.edhoc.schedule.Th2;
import dev.moat.edhoc.schedule.Th3;
import dev.moat.edhoc.suite.Method;

/** A message_1 with method 4 was read. Nothing of it is authenticated. Immutable. */
public final class PskReceivedMessage1 {
  private final ReceivedMessage1 received;

  /**
   * Goes on with a message_1 that asks for a pre-shared key.
   *
   * @throws IllegalArgumentException when it asks for another method
   */
  public PskReceivedMessage1(ReceivedMessage1 received) {
    if (received.terms().method() != Method.PSK) {
      throw new IllegalArgumentException("these states are for method 4");
    }
    this.received = received;
  }

  /** The message, with C_I and EAD_1. */
  public Message1 message1() {
    return received.message1();
  }

  /**
   * Composes message_2 (draft-ietf-lake-edhoc-psk, Section 5.2.2). Which key is to be used only
   * message_3 tells.
   *
   * @param cR a connection identifier that no live session has
   * @param ephemeral a key of the suite's curve, which must never be used again and which is taken
   *     over and erased, also in case of an exception
   * @throws EdhocException with SAME_CONNECTION_ID, or BAD_EPHEMERAL_KEY when G_X leads to an
   *     all-zero secret
   */
  public PskAwaitingMessage3 message2(ConnectionId cR, EadItems ead2, DhPrivateKey ephemeral)
      throws EdhocException {
    try (ephemeral) {
      Terms terms = received.terms();
      terms.requireUsable(message1().cI(), cR);
      Th2 th2 = Th2.of(terms.kdf(), ephemeral.publicKey(), message1().encoded());
      Bytes plaintext2a = new Plaintext2a(cR, ead2).encoded();
      Th3 th3 = Th3.of(terms.kdf(), th2, plaintext2a, Bytes.empty());
      try (SecretBytes gXY = Terms.shared(ephemeral, received.gX());
          Prk2e prk2e = Prk2e.of(terms.kdf(), th2, gXY)) {
        Message2 message2 = new Message2(ephemeral.publicKey(), prk2e.applyKeystream2(plaintext2a));
        return new PskAwaitingMessage3(
            new PskAwaitingMessage3.Sent(terms, message1(), cR, message2, th3), prk2e.carried());
      }
    }
  }
}
