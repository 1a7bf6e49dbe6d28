package dev.moat.endpoint.stack;

import dev.moat.coap.service.Request;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.Engine;
import dev.moat.engine.Inbound;
import dev.moat.oscore.filter.MessageLayer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Lets the OSCORE stage tell the engine what a protected request turned out to be. */
final class EngineMessageLayer implements MessageLayer {
  private final Engine engine;
  private final LongSupplier now;

  EngineMessageLayer(Engine engine, LongSupplier now) {
    this.engine = engine;
    this.now = now;
  }

  @Override
  public void verified(Request outer, Request inner) {
    outer
        .context()
        .find(Inbound.KEY)
        .ifPresent(exchange -> engine.verified(exchange, inner, now.getAsLong()));
  }

  @Override
  public void suppress(Request outer) {
    outer.context().find(Inbound.KEY).ifPresent(engine::suppress);
  }

  @Override
  public boolean takesObservation(Request outer) {
    return outer.context().find(Inbound.KEY).map(engine::takesObservation).orElse(false);
  }

  @Override
  public OptionalInt answerBudgetOctets(Request outer) {
    Optional<Integer> budget = outer.context().find(AmplificationPolicy.ANSWER_BUDGET_OCTETS);
    return budget.isPresent() ? OptionalInt.of(budget.get()) : OptionalInt.empty();
  }
}
