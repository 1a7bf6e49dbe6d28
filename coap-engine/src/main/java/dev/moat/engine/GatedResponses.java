package dev.moat.engine;

import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.Outbound.Stage;
import dev.moat.engine.reliability.Deadline;
import java.util.Optional;

/**
 * Decides which responses count at all, before anything is acknowledged, remembered or concluded:
 * those to a protected request only when its {@link ResponseGate} says so (RFC 8613, Section 8.4).
 */
final class GatedResponses {
  private final EngineCore core;
  private final OpenExchanges open;

  GatedResponses(EngineCore core, OpenExchanges open) {
    this.core = core;
    this.open = open;
  }

  /** The response that counts; empty when everything stays as if it had not come. */
  Optional<Response> accepted(Outbound exchange, Message received, long nowNanos) {
    Optional<ResponseGate> gate = exchange.gate();
    // Outer options are not protected: who adds one that is critical gets no Reset out of us.
    if (gate.isEmpty() || !core.unprocessable(received).isEmpty()) {
      core.ignored(exchange.peer(), Why.CRITICAL_OPTION);
      return Optional.empty();
    }
    return gate.get()
        .judge(response(core.readable(received)), exchange.copies())
        .fold(
            accepted -> processable(exchange, accepted.response()),
            () -> ignored(exchange, Why.UNVERIFIED_RESPONSE),
            doubtful -> doubted(exchange, doubtful.unprotected(), nowNanos));
  }

  static Response response(Message message) {
    return new Response(message.code(), message.options(), message.payload());
  }

  /** RFC 7252, Section 5.4.1, holds for the options inside as well. */
  private Optional<Response> processable(Outbound exchange, Response response) {
    return core.config.options().recognise(response.options()).unprocessableCritical().isEmpty()
        ? Optional.of(response)
        : ignored(exchange, Why.CRITICAL_OPTION);
  }

  private Optional<Response> ignored(Outbound exchange, Why why) {
    core.ignored(exchange.peer(), why);
    return Optional.empty();
  }

  /**
   * Anyone can send an unprotected error: the exchange goes on, retransmission included, for a
   * while. It never ends an observation (RFC 8613, Section 8.4.2).
   */
  private Optional<Response> doubted(Outbound exchange, Response error, long nowNanos) {
    if (exchange.stage == Stage.WAITING && exchange.grace == null) {
      Deadline grace = new Grace(exchange, error);
      exchange.grace = grace;
      core.deadlines.set(grace, nowNanos + core.config.doubtGraceNanos());
    }
    return ignored(exchange, Why.UNPROTECTED_ERROR);
  }

  /** True for a response that only a stage further in can judge, as a part of a whole. */
  static boolean isUnverified(Response accepted) {
    return accepted.options().has(OptionNumber.OSCORE);
  }

  private final class Grace extends Deadline {
    private final Outbound exchange;
    private final Response error;

    private Grace(Outbound exchange, Response error) {
      this.exchange = exchange;
      this.error = error;
    }

    @Override
    protected void expired(long nowNanos) {
      Outcome unknown =
          new Outcome.Unknown(
              exchange.request(), Outcome.Doubt.UNPROTECTED_ERROR, Optional.of(error));
      open.conclude(exchange, unknown, nowNanos);
    }
  }
}
