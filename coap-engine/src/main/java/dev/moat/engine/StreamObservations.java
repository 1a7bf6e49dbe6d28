package dev.moat.engine;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.reliability.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Peers that observe resources here over connections (RFC 8323, Section 7): what is sent arrives,
 * so nothing asks for an acknowledgement; while the peer does not read, only the newest state
 * waits.
 */
final class StreamObservations {
  private final EngineCore core;
  private final StreamLinks links;
  private final StreamSender sender;
  private final StreamServer server;
  private final Registrations registrations;

  StreamObservations(EngineCore core, StreamLinks links, StreamSender sender, StreamServer server) {
    this.core = core;
    this.links = links;
    this.sender = sender;
    this.server = server;
    this.registrations =
        new Registrations(new Observers(core.config.limits(), core.random.positiveLong()));
  }

  /** Answers a registration; empty when a plain response, or none, went out instead. */
  Optional<Observation> begin(Inbound exchange, Response first, long nowNanos) {
    Response plain = first.withOptions(first.options().without(OptionNumber.OBSERVE));
    if (!registrations.isMadeBy(exchange, first)) {
      server.respond(exchange, plain);
      return Optional.empty();
    }
    StreamLink link = links.find(exchange.peer());
    if (!server.claim(exchange) || link == null) {
      return Optional.empty();
    }
    registrations.find(exchange).ifPresent(o -> over(o, Notifications.End.REPLACED));
    if (!registrations.hasRoom(exchange.peer())) {
      core.emit(new EngineEvent.Refused(exchange.peer(), plain.code(), Why.OVERLOAD));
      server.answer(exchange, plain);
      return Optional.empty();
    }
    Observation observation = new Observation(exchange, plain);
    registrations.observers().add(observation);
    launch(link, observation, nowNanos);
    return observation.over ? Optional.empty() : Optional.of(observation);
  }

  /** Ends the relation that a request deregisters from; one that is protected, once verified. */
  void onRequest(Inbound request) {
    registrations
        .deregistered(request)
        .ifPresent(relation -> over(relation, Notifications.End.CANCELLED));
  }

  boolean takes(Inbound request) {
    return registrations.takes(request);
  }

  void notify(Observation observation, Response state, long nowNanos) {
    if (observation.over) {
      return;
    }
    if (Notifier.isLast(observation, state)) {
      end(observation, state);
      return;
    }
    observation.newest = state.withOptions(state.options().without(OptionNumber.OBSERVE));
    long dueNanos = observation.lastSentNanos + core.config.observe().minIntervalNanos();
    if (dueNanos - nowNanos > 0) {
      pace(observation, dueNanos);
    } else {
      push(observation, nowNanos);
    }
  }

  /** Ends a relation with a last response without Observe. */
  void end(Observation observation, Response last) {
    if (observation.over) {
      return;
    }
    over(observation, Notifications.End.RESOURCE_ENDED);
    StreamLink link = links.find(observation.peer());
    if (link != null) {
      Response plain = last.withOptions(last.options().without(OptionNumber.OBSERVE));
      server.transmit(link, observation.token(), plain);
    }
  }

  /** The peer reads again: it is told the newest states. */
  void flush(StreamLink link, long nowNanos) {
    for (Observation observation : List.copyOf(link.unsentStates)) {
      if (!StreamSender.isFlowing(link)) {
        return;
      }
      link.unsentStates.remove(observation);
      launch(link, observation, nowNanos);
    }
  }

  /** RFC 8323, Section 7.4: relations end with their connection. */
  void onEnded(StreamLink link, Notifications.End reason) {
    for (Observation observation : registrations.observers().of(link.peer())) {
      over(observation, reason);
    }
  }

  boolean hasAny(StreamLink link) {
    return !registrations.observers().of(link.peer()).isEmpty();
  }

  int size() {
    return registrations.observers().size();
  }

  private void push(Observation observation, long nowNanos) {
    StreamLink link = links.find(observation.peer());
    if (link == null) {
      return; // the relation ends with its connection
    }
    if (StreamSender.isFlowing(link)) {
      launch(link, observation, nowNanos);
    } else {
      link.unsentStates.add(observation);
    }
  }

  /**
   * Sends the newest state under a rising number, though order needs none here (RFC 8323, Section
   * 7.1): an observer that looks at numbers all the same finds nothing stale.
   */
  private void launch(StreamLink link, Observation observation, long nowNanos) {
    observation.lastSentNanos = nowNanos;
    Response state = observation.sequenced(nowNanos);
    if (!sender.send(link, StreamSender.message(observation.token(), state))) {
      core.emit(new EngineEvent.Unsendable(link.peer(), state.code()));
      over(observation, Notifications.End.EVICTED);
      Response error = Response.of(Code.INTERNAL_SERVER_ERROR);
      var unused = sender.send(link, StreamSender.message(observation.token(), error));
    }
  }

  private void over(Observation observation, Notifications.End reason) {
    if (observation.over) {
      return;
    }
    observation.over = true;
    registrations.observers().remove(observation);
    if (observation.paceTimer != null) {
      core.deadlines.clear(observation.paceTimer);
    }
    StreamLink link = links.findAny(observation.peer());
    if (link != null) {
      link.unsentStates.remove(observation);
    }
    core.outputs.add(new Output.ObservationEnded(observation, reason));
    core.emit(new EngineEvent.RelationOver(observation.peer(), reason));
  }

  private void pace(Observation observation, long dueNanos) {
    Deadline timer = observation.paceTimer;
    if (timer == null) {
      timer = new PaceTimer(observation);
      observation.paceTimer = timer;
    }
    if (!timer.isSet()) {
      core.deadlines.set(timer, dueNanos);
    }
  }

  private final class PaceTimer extends Deadline {
    private final Observation observation;

    private PaceTimer(Observation observation) {
      this.observation = observation;
    }

    @Override
    protected void expired(long nowNanos) {
      push(observation, nowNanos);
    }
  }
}
