package dev.moat.engine.client;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Client: puts protected responses together that somebody on the way cut into blocks (RFC 8613,
 * Sections 4.1.3.4.2 and 8.4.1). What comes out is verified by the next stage further out.
 *
 * <p>Nothing here is authenticated: more than MAX_UNFRAGMENTED_SIZE is never gathered. Requests are
 * never cut; this endpoint cuts before it protects.
 */
public final class OuterBlocksFilter implements Filter<Request, Outcome> {
  private final ClientBlockwiseConfig config;
  private final EventSink events;

  /** Gathers up to {@code maxUnfragmentedOctets}. */
  public OuterBlocksFilter(int maxUnfragmentedOctets, EventSink events) {
    // A protected request is sent once under its Partial IV: no transfer starts over.
    this.config =
        new ClientBlockwiseConfig(6, maxUnfragmentedOctets, RequestTagging.WHEN_UNCONCLUDED, 0);
    this.events = events;
  }

  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    if (!request.options().has(OptionNumber.OSCORE)) {
      return next.handle(request);
    }
    return next.handle(request)
        .thenCompose(
            outcome ->
                outcome.fold(
                    responded -> gathered(request, responded, next),
                    CompletableFuture::completedFuture,
                    CompletableFuture::completedFuture));
  }

  private CompletionStage<Outcome> gathered(
      Request request, Outcome.Responded first, Service<Request, Outcome> next) {
    Options options = first.response().options();
    if (!options.has(OptionNumber.OSCORE) || !options.has(OptionNumber.BLOCK2)) {
      return CompletableFuture.completedFuture(first);
    }
    Request continuation = request.withOptions(request.options().without(OptionNumber.OBSERVE));
    return TransferRun.of(
        new Download(request, continuation, first.response(), config, events), next);
  }
}
