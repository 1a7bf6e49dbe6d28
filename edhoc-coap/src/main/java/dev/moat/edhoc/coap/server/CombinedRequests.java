package dev.moat.edhoc.coap.server;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.coap.combined.CombinedPayload;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.option.OscoreOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Server: takes message_3 out of a combined request, completes its session, and hands the protected
 * request on (RFC 9668, Section 3.3). Stands behind outer block-wise and before the verification,
 * for which it makes the security context.
 *
 * <p>Whether the request is allowed is decided further in, as for any other.
 */
final class CombinedRequests implements Filter<Request, Reply> {
  private final Handshakes handshakes;

  CombinedRequests(Handshakes handshakes) {
    this.handshakes = handshakes;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    if (!request.options().has(OptionNumber.EDHOC)) {
      return next.handle(request);
    }
    // RFC 9668, Section 3.3.1, steps 1 to 3.
    Optional<CombinedPayload> payload = CombinedPayload.read(request.payload());
    Optional<ConnectionId> cR = connectionId(request.options());
    if (payload.isEmpty() || cR.isEmpty()) {
      return reply(Response.diagnostic(Code.BAD_REQUEST, "no combined request"));
    }
    Optional<Answer> refusal =
        handshakes.combined(cR.get(), payload.get().message3(), Origin.of(request));
    // Reachability is never asked for here: message_2 has been received.
    return refusal.isPresent()
        ? reply(refusal.get().fold(r -> r, () -> Response.of(Code.UNAUTHORIZED)))
        : next.handle(rebuilt(request, payload.get()));
  }

  /** Step 7. */
  private static Request rebuilt(Request combined, CombinedPayload payload) {
    return combined
        .withOptions(combined.options().without(OptionNumber.EDHOC))
        .withPayload(payload.ciphertext());
  }

  /** The kid, when there is one OSCORE option that can be read. */
  private static Optional<ConnectionId> connectionId(Options options) {
    if (options.all(OptionNumber.OSCORE).size() != 1) {
      return Optional.empty();
    }
    try {
      return OscoreOption.decode(options.all(OptionNumber.OSCORE).get(0))
          .kid()
          .filter(kid -> kid.length() <= ConnectionId.MAX_OCTETS)
          .map(ConnectionId::new);
    } catch (OscoreException malformed) {
      return Optional.empty();
    }
  }

  private static CompletionStage<Reply> reply(Response response) {
    return CompletableFuture.completedFuture(Reply.of(response));
  }
}
