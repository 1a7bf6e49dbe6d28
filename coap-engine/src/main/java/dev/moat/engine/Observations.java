package dev.moat.engine;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.amplification.Account;
import java.util.Optional;

/**
 * Registers and deregisters peers that observe resources here, on the level of messages (RFC 7641,
 * Section 4.1). What they are told then is the {@link Notifier}'s.
 */
final class Observations {
  /** How much longer than the first state an unproven observer must be able to be told the next. */
  private static final int GROWTH_OCTETS = 64;

  private final EngineCore core;
  private final Notifier notifier;
  private final ServerExchanges server;
  private final Answers answers;
  private final Observers observers;

  Observations(
      EngineCore core,
      Notifier notifier,
      ServerExchanges server,
      Answers answers,
      Observers observers) {
    this.core = core;
    this.notifier = notifier;
    this.server = server;
    this.answers = answers;
    this.observers = observers;
  }

  /** Answers a registration; empty when a plain response, or none, went out instead. */
  Optional<Observation> begin(Inbound exchange, Response first, long nowNanos) {
    Response plain = first.withOptions(first.options().without(OptionNumber.OBSERVE));
    if (!isRegistration(exchange, first) || isTaken(exchange)) {
      server.respond(exchange, plain, nowNanos);
      return Optional.empty();
    }
    if (!server.claim(exchange)) {
      return Optional.empty();
    }
    find(exchange).ifPresent(former -> notifier.over(former, Notifications.End.REPLACED, nowNanos));
    if (!observers.hasRoom(exchange.peer())) {
      core.emit(new EngineEvent.Refused(exchange.peer(), plain.code(), Why.OVERLOAD));
      server.answer(exchange, plain, nowNanos);
      return Optional.empty();
    }
    Observation observation = new Observation(exchange, plain);
    observation.lastConfirmableNanos = nowNanos;
    observation.lastSentNanos = nowNanos;
    return register(observation, exchange, nowNanos);
  }

  /** Ends the relation that a request deregisters from; one that is protected, once verified. */
  void onRequest(Inbound request, long nowNanos) {
    if (request.method().isSafe() && request.options().observe().orElse(0) == 1) {
      deregister(request, Notifications.End.CANCELLED, nowNanos);
    }
  }

  /**
   * Ends the relation of this endpoint, token and security association, if any: whoever forges
   * addresses cannot end a protected one (RFC 8613, Section 4.1.3.5).
   */
  private void deregister(Inbound request, Notifications.End reason, long nowNanos) {
    Optional<Observation> known = find(request);
    if (known.isPresent() && known.get().association == request.association()) {
      notifier.over(known.get(), reason, nowNanos);
    }
  }

  private Optional<Observation> find(Inbound request) {
    return observers.find(request.peer(), request.token());
  }

  /**
   * True when the token is that of another security association's relation. A relation without
   * security keeps nobody out: anyone may have forged it.
   */
  private boolean isTaken(Inbound request) {
    long association = find(request).map(known -> known.association).orElse(0L);
    return association != 0 && association != request.association();
  }

  /** True when there is room for the relation that a request asks for. */
  boolean takes(Inbound request) {
    boolean room = find(request).isPresent() || observers.hasRoom(request.peer());
    return room && !isTaken(request) && !request.multicast;
  }

  /** Nothing reaches {@code peer} any more. */
  void onAssociationEnded(Peer peer, long nowNanos) {
    for (Observation observation : observers.of(peer)) {
      notifier.over(observation, Notifications.End.CONNECTION_LOST, nowNanos);
    }
  }

  void close(long nowNanos) {
    for (Observation observation : observers.removeAll()) {
      notifier.over(observation, Notifications.End.EVICTED, nowNanos);
    }
  }

  int size() {
    return observers.size();
  }

  /** The outer code of a protected state says nothing; Observe is on states only. */
  private static boolean isRegistration(Inbound exchange, Response first) {
    boolean state = !exchange.isProtected() || first.options().has(OptionNumber.OBSERVE);
    return state
        && first.code().isSuccess()
        && exchange.method().isSafe()
        && !exchange.multicast
        && exchange.options().observe().orElse(-1) == 0
        && !Answers.isSuppressed(exchange, first);
  }

  private Optional<Observation> register(Observation observation, Inbound exchange, long nowNanos) {
    Response sequenced = observation.sequenced(nowNanos);
    if (leavesNoRoom(exchange, sequenced, nowNanos)) {
      server.answer(exchange, answers.challenge(exchange.peer(), nowNanos), nowNanos);
      return Optional.empty();
    }
    Optional<Response> admitted = server.admitted(exchange, sequenced, nowNanos);
    if (admitted.isEmpty()) {
      return Optional.empty();
    }
    if (!admitted.get().equals(sequenced)) {
      server.dispatch(exchange, admitted.get(), nowNanos);
      return Optional.empty();
    }
    observers.add(observation);
    if (ServerExchanges.isPiggybacked(exchange)) {
      server.dispatch(exchange, sequenced, nowNanos);
    } else {
      server.concludeSeparately(exchange, sequenced);
      observation.prepaid = true;
      notifier.launch(observation, exchange.isConfirmable(), nowNanos);
    }
    notifier.setConfirmableTimer(observation, nowNanos);
    return observation.over ? Optional.empty() : Optional.of(observation);
  }

  /**
   * True when an unproven address could be told the state, but not of a change, which goes out
   * unasked and so without the first answer's allowance: rather than to lose it in silence, it is
   * asked to prove itself before it registers (RFC 9175, Section 2.4, item 3).
   */
  private boolean leavesNoRoom(Inbound exchange, Response first, long nowNanos) {
    Account account = exchange.to.charged(core, nowNanos);
    return account != null
        && 2L * Answers.octets(exchange.token(), first) + GROWTH_OCTETS > account.budgetOctets();
  }
}
