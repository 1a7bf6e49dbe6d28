package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.run.InitiatorStep.Completed;
import dev.moat.edhoc.run.InitiatorStep.PeerAborted;
import dev.moat.edhoc.run.InitiatorStep.Rejected;
import dev.moat.edhoc.run.InitiatorStep.Retry;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.time.Instant;
import java.util.Optional;

/** One handshake as Initiator, from message_1 to message_3 or message_4. Owned by one thread. */
public final class InitiatorRun implements AutoCloseable {
  private final InitiatorOffer offer;
  private final CipherSuite selected;
  private final boolean isRetry;
  private final EadExchange ead;
  private final InitiatorChain chain;
  private Optional<AwaitingMessage4> awaiting = Optional.empty();

  private InitiatorRun(InitiatorOffer offer, CipherSuite selected, boolean isRetry) {
    this.offer = offer;
    this.selected = selected;
    this.isRetry = isRetry;
    this.ead = new EadExchange(offer.settings(), Role.INITIATOR, offer.random());
    this.chain = offer.begin(selected, ead);
  }

  /**
   * Begins with the most preferred suite for which there is an own identity; those without do not
   * go into SUITES_I.
   *
   * @param cI an identifier that no live session of this endpoint has
   * @param random for the ephemeral key, padding and GREASE; used again when the run retries
   * @throws IllegalArgumentException when the settings do not have the method, or no identity for
   *     it
   */
  public static InitiatorRun begin(
      EdhocSettings settings, Method method, ConnectionId cI, RandomSource random) {
    EdhocSettings usable = settings.usableFor(method, Role.INITIATOR);
    InitiatorOffer offer = InitiatorOffer.of(usable, method, cI, random);
    return usable.suites().stream()
        .filter(offer::isPossible)
        .findFirst()
        .map(suite -> new InitiatorRun(offer, suite, false))
        .orElseThrow(() -> new IllegalArgumentException("no own credential for " + method));
  }

  /**
   * Begins with a suite that the Responder is known to support, such as that of the last session
   * with it (RFC 9528, Section 6.3.1). SUITES_I has all suites of the settings that are preferred
   * to it: see {@link EdhocSettings#usableFor}.
   *
   * @throws IllegalArgumentException when the settings do not have method and suite, or no identity
   *     for them
   * @see #begin(EdhocSettings, Method, ConnectionId, RandomSource)
   */
  public static InitiatorRun begin(
      EdhocSettings settings,
      Method method,
      CipherSuite selected,
      ConnectionId cI,
      RandomSource random) {
    InitiatorOffer offer = InitiatorOffer.of(settings, method, cI, random);
    if (!offer.isPossible(selected)) {
      throw new IllegalArgumentException("no own credential for method and suite, or not offered");
    }
    return new InitiatorRun(offer, selected, false);
  }

  /** message_1, to be sent. */
  public Bytes message1() {
    return chain.message1();
  }

  /** C_I. */
  public ConnectionId cI() {
    return offer.cI();
  }

  /** The suite that message_1 selects. */
  public CipherSuite suite() {
    return selected;
  }

  /** METHOD. */
  public Method method() {
    return offer.method();
  }

  /**
   * Takes a message_2, or an error message in its place.
   *
   * @param now for the validity of credentials
   */
  public InitiatorStep onMessage2(Bytes message2, Instant now) {
    if (EdhocError.isError(message2)) {
      return onError(message2);
    }
    if (chain.isOver()) {
      return rejected(new EdhocException(Reason.SESSION_ENDED));
    }
    try {
      return sending(chain.answer(message2, now));
    } catch (EdhocException refused) {
      return rejected(refused);
    }
  }

  private InitiatorStep sending(AwaitingMessage4 next) {
    if (offer.settings().usesMessage4()) {
      awaiting = Optional.of(next);
      return new SendMessage3(next.message3(), next.session());
    }
    return new SendMessage3(next.message3(), next.completeWithoutMessage4());
  }

  /** Takes a message_4, or an error message in its place. */
  public InitiatorStep onMessage4(Bytes message4) {
    if (EdhocError.isError(message4)) {
      return onError(message4);
    }
    if (awaiting.isEmpty()) {
      return rejected(new EdhocException(Reason.SESSION_ENDED));
    }
    AwaitingMessage4 state = awaiting.get();
    try {
      return completed(state, state.receive(message4));
    } catch (EdhocException refused) {
      return rejected(refused);
    }
  }

  private InitiatorStep completed(AwaitingMessage4 state, EadItems ead4) throws EdhocException {
    awaiting = Optional.empty();
    try {
      ead.received(EadField.EAD_4, ead4, Optional.of(state.session().peer()));
    } catch (EdhocException refused) {
      state.close(); // the message is genuine: there is nothing left to wait for
      throw refused;
    }
    return new Completed(state.completeWithoutMessage4());
  }

  /**
   * Takes an error message. It is not authenticated: anyone may have sent it.
   *
   * @return {@link Retry} for another suite, at most once and only before message_2 was verified;
   *     else {@link PeerAborted}, or {@link Rejected} for what is no error message or leads nowhere
   */
  public InitiatorStep onError(Bytes message) {
    try {
      EdhocError error = EdhocError.decode(message);
      return error instanceof EdhocError.WrongSuite wrong && !chain.isOver()
          ? retry(wrong)
          : new PeerAborted(error);
    } catch (EdhocException refused) {
      return new Rejected(refused, Optional.empty());
    }
  }

  /** Never a third guess: a second error with SUITES_R contradicts the first. */
  private InitiatorStep retry(EdhocError.WrongSuite wrong) throws EdhocException {
    if (isRetry) {
      throw new EdhocException(Reason.NO_COMMON_SUITE);
    }
    return new Retry(new InitiatorRun(offer, offer.selectFrom(wrong.suites(), selected), true));
  }

  private static Rejected rejected(EdhocException why) {
    return new Rejected(why, Answers.to(why));
  }

  /** Erases all keys but those of a session that was handed out. */
  @Override
  public void close() {
    chain.close();
    if (awaiting.isPresent()) {
      EdhocSession unused = awaiting.get().completeWithoutMessage4();
      awaiting = Optional.empty();
    }
  }
}
