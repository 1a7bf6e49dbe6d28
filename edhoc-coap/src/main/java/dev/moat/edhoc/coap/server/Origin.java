package dev.moat.edhoc.coap.server;

import dev.moat.coap.codec.OptionWriter;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.AmplificationPolicy;

/**
 * Where a message of a handshake came from.
 *
 * @param peer the address, and the association when it came under one
 * @param proven true when the address has shown that it receives what is sent to it, or cannot be
 *     asked to
 * @param answerOctets how long an answer may be, as a whole message
 * @param tokenOctets how much of that the token takes
 * @param nowNanos when it came, on this endpoint's monotonic clock
 */
record Origin(Peer peer, boolean proven, int answerOctets, int tokenOctets, long nowNanos) {
  private static final int HEADER_OCTETS = 4;

  static Origin of(Request request) {
    Arrival arrival = request.arrival();
    boolean proven = arrival.addressProven() || !Reachability.canDemand(request);
    int answerOctets =
        request.context().find(AmplificationPolicy.ANSWER_BUDGET_OCTETS).orElse(Integer.MAX_VALUE);
    return new Origin(
        request.peer(), proven, answerOctets, arrival.token().length(), arrival.nanos());
  }

  /** False for an answer that would lose its payload on the way to an unproven address. */
  boolean mayGet(Response answer) {
    return proven
        || HEADER_OCTETS
                + tokenOctets
                + OptionWriter.lengthOctets(answer.options(), answer.payload())
            <= answerOctets;
  }
}
