package dev.moat.edhoc.initiator;

import dev.moat.bytes.RandomSource;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;

/** Before message_1. Immutable, and good for many sessions. */
public final class InitiatorStart {
  private final Terms terms;
  private final SuitesField suites;

  /**
   * Offers {@code suites}, the last of which the session will have.
   *
   * @throws IllegalArgumentException when that is not the suite of {@code terms}
   */
  public InitiatorStart(Terms terms, SuitesField suites) {
    if (suites.selected() != terms.suite().value()) {
      throw new IllegalArgumentException("the last suite of SUITES_I is the selected one");
    }
    this.terms = terms;
    this.suites = suites;
  }

  /** Composes message_1 with a fresh ephemeral key (RFC 9528, Section 5.2.2). */
  public AwaitingMessage2 message1(ConnectionId cI, EadItems ead1, RandomSource random) {
    return message1(cI, ead1, terms.primitives().curves().generate(terms.suite().curve(), random));
  }

  /**
   * Composes message_1 with an ephemeral key, which the next state takes over and which must never
   * be used again.
   *
   * @throws IllegalArgumentException when the key is of another curve
   */
  public AwaitingMessage2 message1(ConnectionId cI, EadItems ead1, DhPrivateKey ephemeral) {
    if (ephemeral.curve() != terms.suite().curve()) {
      throw new IllegalArgumentException("the ephemeral key is of another curve than the suite");
    }
    int method = terms.method().value();
    Message1 message1 = new Message1(method, suites, ephemeral.publicKey(), cI, ead1);
    return new AwaitingMessage2(terms, message1, ephemeral);
  }
}
