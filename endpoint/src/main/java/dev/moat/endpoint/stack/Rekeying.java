package dev.moat.endpoint.stack;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Pipeline;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Ticker;
import dev.moat.oscore.kudos.KudosServer;
import dev.moat.oscore.rederive.RederivationFilter;
import dev.moat.oscore.rederive.RederivationServer;
import dev.moat.oscore.rekey.ContextOnDemandFilter;
import java.util.Optional;

/** The stages that establish and replace security contexts, where they are configured. */
record Rekeying(
    Optional<Filter<Request, Reply>> rederivation,
    Optional<KudosServer> kudos,
    Filter<Request, Outcome> onDemand) {

  static Rekeying of(OscoreConfig config, Ticker ticker, EventSink events) {
    return new Rekeying(
        config.rederivation().map(server -> rederivation(server, ticker, events)),
        config.kudos(),
        new ContextOnDemandFilter(events));
  }

  private static Filter<Request, Reply> rederivation(
      RederivationServer server, Ticker ticker, EventSink events) {
    return new RederivationFilter(server, ticker, events);
  }

  /** {@code pipeline}, the verifying stage, and what has to stand around it. */
  Pipeline<Request, Reply> around(
      Pipeline<Request, Reply> pipeline, Filter<Request, Reply> verification) {
    Pipeline<Request, Reply> extended = pipeline;
    if (rederivation.isPresent()) {
      // Before OSCORE, whose table gets the contexts.
      extended = extended.then("rederivation", rederivation.get());
    }
    if (kudos.isPresent()) {
      extended = extended.then("kudos", kudos.get().outer());
    }
    extended = extended.then("oscore", verification);
    // Behind OSCORE: that a request verifies under the new keys ends their update.
    return kudos.isPresent() ? extended.then("kudos confirmation", kudos.get().inner()) : extended;
  }
}
