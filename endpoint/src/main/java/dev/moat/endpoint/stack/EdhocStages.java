package dev.moat.endpoint.stack;

import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Ticker;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.edhoc.coap.server.Reachability;
import java.util.Optional;

/** The stages that EDHOC adds to the pipeline of a server (RFC 9528, Appendix A.2; RFC 9668). */
record EdhocStages(
    Optional<Filter<Request, Reply>> combinedRequests,
    Filter<Request, Reply> freshHandshakes,
    Optional<Filter<Request, Reply>> reachability) {

  /** Where amplification is not limited no Echo proves an address, so that none is asked for. */
  static EdhocStages of(
      EdhocServer server, boolean provesAddresses, Reachability.Mint mint, Ticker ticker) {
    return new EdhocStages(
        server.takesCombined() ? Optional.of(server.combinedRequests()) : Optional.empty(),
        server.freshHandshakes(),
        provesAddresses ? Optional.of(server.reachability(mint, ticker)) : Optional.empty());
  }
}
