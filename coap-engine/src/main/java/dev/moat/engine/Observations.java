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
  private final Registrations registrations;

  Observations(
      EngineCore core,
      Notifier notifier,
      ServerExchanges server,
      Answers answers,
      Registrations registrations) {
    this.core = core;
    this.notifier = notifier;
    this.server = server;
    this.answers = answers;
    this.registrations = registrations;
  }

  /** Answers a registration; empty when a plain response, or none, went out instead. */
  Optional<Observation> begin(Inbound exchange, Response first, long nowNanos) {
    Response plain = first.withOptions(first.options().without(OptionNumber.OBSERVE));
    if (!registrations.isMadeBy(exchange, first)) {
      server.respond(exchange, plain, nowNanos);
      return Optional.empty();
    }
    if (!server.claim(exchange)) {
      return Optional.empty();
    }
    registrations
        .find(exchange)
        .ifPresent(former -> notifier.over(former, Notifications.End.REPLACED, nowNanos));
    if (!registrations.hasRoom(exchange.peer())) {
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
    registrations
        .deregistered(request)
        .ifPresent(relation -> notifier.over(relation, Notifications.End.CANCELLED, nowNanos));
  }

  /** True when there is room for the relation that a request asks for. */
  boolean takes(Inbound request) {
    return registrations.takes(request);
  }

  /** Nothing reaches {@code peer} any more. */
  void onAssociationEnded(Peer peer, long nowNanos) {
    for (Observation observation : registrations.observers().of(peer)) {
      notifier.over(observation, Notifications.End.CONNECTION_LOST, nowNanos);
    }
  }

  void close(long nowNanos) {
    for (Observation observation : registrations.observers().removeAll()) {
      notifier.over(observation, Notifications.End.EVICTED, nowNanos);
    }
  }

  int size() {
    return registrations.observers().size();
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
    registrations.observers().add(observation);
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
