package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.ClientRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * What to send, worked out without touching the network.
 *
 * @param target the URI and where its datagrams go
 * @param method the method
 * @param options all options, those of the URI among them
 * @param payload the whole body
 * @param reliability confirmable or not
 */
record RequestPlan(
    Target target, Code method, Options options, Bytes payload, Reliability reliability) {
  /** The request to an address, given up after {@code timeout}. */
  ClientRequest request(CoapUri address, Duration timeout) {
    return new ClientRequest(
        method, address, options, payload, reliability, Context.empty(), Optional.of(timeout));
  }
}
