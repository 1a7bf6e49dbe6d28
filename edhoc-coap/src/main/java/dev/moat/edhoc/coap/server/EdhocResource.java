package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers the POST requests to an EDHOC resource (RFC 9528, Appendix A.2). */
final class EdhocResource implements Service<Request, Reply> {
  private final Handshakes handshakes;

  EdhocResource(Handshakes handshakes) {
    this.handshakes = handshakes;
  }

  @Override
  public CompletionStage<Reply> handle(Request request) {
    Response response =
        isWrongFormat(request)
            ? Response.diagnostic(
                Code.UNSUPPORTED_CONTENT_FORMAT, "application/cid-edhoc+cbor-seq is expected")
            : answer(request);
    return CompletableFuture.completedFuture(Reply.of(response));
  }

  /** A missing format is no wrong one: it adds nothing to what the first octet says. */
  private static boolean isWrongFormat(Request request) {
    OptionalLong format = request.options().uint(OptionNumber.CONTENT_FORMAT);
    return format.isPresent() && format.getAsLong() != EdhocMessages.CID_EDHOC;
  }

  private Response answer(Request request) {
    return answer(request.payload(), Origin.of(request))
        .fold(response -> response, () -> Reachability.demand(request));
  }

  private Answer answer(Bytes payload, Origin origin) {
    Optional<Answer> tooLong = handshakes.tooLong(payload, origin);
    if (tooLong.isPresent()) {
      return tooLong.get();
    }
    try {
      return EdhocBody.decode(payload)
          .fold(
              () -> handshakes.trigger(origin),
              first -> handshakes.begin(first.message1(), origin),
              next -> handshakes.next(next.id(), next.message(), origin),
              failure -> handshakes.failed(failure.id(), failure.error(), origin));
    } catch (EdhocException malformed) {
      return handshakes.refused(malformed, origin);
    }
  }
}
