package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Plaintext4;
import dev.moat.edhoc.responder.ReceivedMessage1;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.run.ResponderStep.Completed;
import dev.moat.edhoc.run.ResponderStep.PeerAborted;
import dev.moat.edhoc.run.ResponderStep.Rejected;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.suite.Method;
import java.time.Instant;
import java.util.Optional;

/** One handshake as Responder, from message_2 to message_3 or message_4. Owned by one thread. */
public final class ResponderRun implements AutoCloseable {
  private final EdhocSettings settings;
  private final EadExchange ead;
  private final ConnectionId cI;
  private final ResponderChain chain;

  private ResponderRun(
      EdhocSettings settings, EadExchange ead, ConnectionId cI, ResponderChain chain) {
    this.settings = settings;
    this.ead = ead;
    this.cI = cI;
    this.chain = chain;
  }

  /**
   * Takes a message_1. This computes with public keys: whoever fears floods asks for a proof of
   * reachability first (RFC 9528, Section 9.7).
   *
   * @param chooser for C_R
   * @param random for the ephemeral key, padding and GREASE
   * @return {@link SendMessage2} or {@link Rejected}
   */
  public static ResponderStep receive(
      EdhocSettings settings, Bytes message1, ConnectionIds chooser, RandomSource random) {
    EdhocSettings usable = usable(settings, message1);
    try {
      ResponderRun run = respond(usable, message1, chooser, random);
      return new SendMessage2(run.message2(), run);
    } catch (EdhocException refused) {
      return new Rejected(refused, Answers.toMessage1(refused, usable.suitesR()));
    }
  }

  /** With the suites that go with the method of {@code message1}. */
  private static EdhocSettings usable(EdhocSettings settings, Bytes message1) {
    try {
      return Method.of(Message1.decode(message1).method())
          .map(method -> settings.usableFor(method, Role.RESPONDER))
          .orElse(settings);
    } catch (EdhocException malformed) {
      return settings; // refused for that
    }
  }

  private static ResponderRun respond(
      EdhocSettings settings, Bytes message1, ConnectionIds chooser, RandomSource random)
      throws EdhocException {
    ReceivedMessage1 received =
        new ResponderStart(
                settings.primitives(), settings.suites(), settings.methods(), settings.use())
            .receive(message1);
    EadExchange ead = new EadExchange(settings, Role.RESPONDER, random);
    ead.received(EadField.EAD_1, received.message1().ead1(), Optional.empty());
    ConnectionId cI = received.message1().cI();
    ResponderAnswer answer = new ResponderAnswer(settings, received, ead, random);
    return new ResponderRun(settings, ead, cI, answer.message2(chooser.choose(cI)));
  }

  /** message_2, to be sent; the same again for a message_1 that was repeated. */
  public Bytes message2() {
    return chain.message2();
  }

  /** C_I. */
  public ConnectionId cI() {
    return cI;
  }

  /** C_R. */
  public ConnectionId cR() {
    return chain.cR();
  }

  /**
   * Takes a message_3, or an error message in its place.
   *
   * @param now for the validity of credentials
   * @return {@link Completed}, {@link Rejected} or {@link PeerAborted}
   */
  public ResponderStep onMessage3(Bytes message3, Instant now) {
    if (EdhocError.isError(message3)) {
      return onError(message3);
    }
    try {
      if (chain.isOver()) {
        throw new EdhocException(Reason.SESSION_ENDED);
      }
      return completed(chain.verify(message3, now));
    } catch (EdhocException refused) {
      return new Rejected(refused, Answers.to(refused));
    }
  }

  private ResponderStep completed(VerifiedMessage3 verified) throws EdhocException {
    try {
      ead.received(EadField.EAD_3, verified.ead3(), Optional.of(verified.peer()));
    } catch (EdhocException refused) {
      verified.close(); // the message is genuine: there is nothing left to wait for
      throw refused;
    }
    if (!settings.usesMessage4()) {
      return new Completed(verified.completeWithoutMessage4(), Optional.empty());
    }
    EadItems ead4 = ead.outgoing(EadField.EAD_4, items -> new Plaintext4(items).encoded().length());
    return new Completed(verified.session(), Optional.of(verified.message4(ead4)));
  }

  /** Takes an error message. It is not authenticated: anyone may have sent it. */
  public ResponderStep onError(Bytes message) {
    try {
      return new PeerAborted(EdhocError.decode(message));
    } catch (EdhocException refused) {
      return new Rejected(refused, Optional.empty());
    }
  }

  /** Erases all keys but those of a session that was handed out. */
  @Override
  public void close() {
    chain.close();
  }
}
