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
    Optional<EdhocStages> edhoc,
    Filter<Request, Outcome> onDemand) {

  static Rekeying of(OscoreConfig config, Ticker ticker, EventSink events) {
    return new Rekeying(
        config.rederivation().map(server -> rederivation(server, ticker, events)),
        config.kudos(),
        Optional.empty(),
        new ContextOnDemandFilter(events));
  }

  /** This with the stages of EDHOC, where there are any. */
  Rekeying with(Optional<EdhocStages> stages) {
    return new Rekeying(rederivation, kudos, stages, onDemand);
  }

  private static Filter<Request, Reply> rederivation(
      RederivationServer server, Ticker ticker, EventSink events) {
    return new RederivationFilter(server, ticker, events);
  }

  /** {@code pipeline}, the verifying stage, and what has to stand around it. */
  Pipeline<Request, Reply> around(
      Pipeline<Request, Reply> pipeline, Filter<Request, Reply> verification) {
    Pipeline<Request, Reply> extended = pipeline;
    Optional<Filter<Request, Reply>> combined = edhoc.flatMap(EdhocStages::combinedRequests);
    if (combined.isPresent()) {
      // Before all that look at the protected request, which it uncovers; its context gets into
      // the table of OSCORE (RFC 9668, 3.3.1).
      extended = extended.then("combined requests", combined.get());
    }
    if (rederivation.isPresent()) {
      // Before OSCORE, whose table gets the contexts.
      extended = extended.then("rederivation", rederivation.get());
    }
    if (kudos.isPresent()) {
      extended = extended.then("kudos", kudos.get().outer());
    }
    extended = extended.then("oscore", verification);
    // Behind OSCORE: that a request verifies under the new keys ends their update.
    if (kudos.isPresent()) {
      extended = extended.then("kudos confirmation", kudos.get().inner());
    }
    // Behind OSCORE, since only a verified request is known to be younger than its keys; before
    // freshness, which asks for it.
    return edhoc.isPresent()
        ? extended.then("fresh handshakes", edhoc.get().freshHandshakes())
        : extended;
  }
}
