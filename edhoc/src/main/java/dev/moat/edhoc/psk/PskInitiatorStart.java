package dev.moat.edhoc.psk;

import dev.moat.bytes.RandomSource;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.suite.Method;

/** Before message_1. Immutable, and good for many sessions. */
public final class PskInitiatorStart {
  private final Terms terms;
  private final SuitesField suites;

  /**
   * Offers {@code suites}, the last of which the session will have.
   *
   * @throws IllegalArgumentException when that is not the suite of {@code terms}, or their method
   *     is not {@link Method#PSK}
   */
  public PskInitiatorStart(Terms terms, SuitesField suites) {
    if (suites.selected() != terms.suite().value()) {
      throw new IllegalArgumentException("the last suite of SUITES_I is the selected one");
    }
    if (terms.method() != Method.PSK) {
      throw new IllegalArgumentException("these states are for method 4");
    }
    this.terms = terms;
    this.suites = suites;
  }

  /** Composes message_1 with a fresh ephemeral key (RFC 9528, Section 5.2.2). */
  public PskAwaitingMessage2 message1(ConnectionId cI, EadItems ead1, RandomSource random) {
    return message1(cI, ead1, terms.primitives().curves().generate(terms.suite().curve(), random));
  }

  /**
   * Composes message_1 with an ephemeral key, which the next state takes over and which must never
   * be used again.
   *
   * @throws IllegalArgumentException when the key is of another curve
   */
  public PskAwaitingMessage2 message1(ConnectionId cI, EadItems ead1, DhPrivateKey ephemeral) {
    if (ephemeral.curve() != terms.suite().curve()) {
      throw new IllegalArgumentException("the ephemeral key is of another curve than the suite");
    }
    int method = terms.method().value();
    Message1 message1 = new Message1(method, suites, ephemeral.publicKey(), cI, ead1);
    return new PskAwaitingMessage2(terms, message1, ephemeral);
  }
}
