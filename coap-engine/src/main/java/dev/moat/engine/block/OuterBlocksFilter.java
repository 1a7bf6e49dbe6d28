package dev.moat.engine.block;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.coap.service.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Server: puts protected requests together that somebody on the way cut into blocks, before anyone
 * can verify them (RFC 8613, Sections 4.1.3.4.2 and 8.2.1).
 *
 * <p>Nothing here is authenticated: a message longer than MAX_UNFRAGMENTED_SIZE, which is the body
 * limit of the configuration, is refused, and what is kept is bounded for each address. Answers are
 * cut only for who asks for blocks of them; this endpoint cuts before it protects. Every other
 * request passes untouched.
 */
public final class OuterBlocksFilter implements Filter<Request, Reply> {
  private final ServerBlockwise blockwise;
  private final Ticker ticker;

  /** Nothing under way yet; {@code config} bounds what is not verified. */
  public OuterBlocksFilter(ServerBlockwiseConfig config, Ticker ticker, EventSink events) {
    this.blockwise = new ServerBlockwise(config, events);
    this.ticker = ticker;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    if (!isFragment(request.options())) {
      return next.handle(request);
    }
    Reception reception = blockwise.receive(request, ticker.nowNanos());
    if (reception instanceof Reception.Whole whole) {
      return next.handle(whole.request()).thenApply(reply -> acknowledged(whole.terms(), reply));
    }
    return CompletableFuture.completedFuture(Reply.of(((Reception.Answer) reception).response()));
  }

  private static boolean isFragment(Options options) {
    return options.has(OptionNumber.OSCORE)
        && (options.has(OptionNumber.BLOCK1) || options.has(OptionNumber.BLOCK2));
  }

  private Reply acknowledged(BlockTerms terms, Reply reply) {
    Reply sized =
        terms.block2().isPresent()
            ? reply.map(response -> blockwise.answer(terms, response, ticker.nowNanos()))
            : reply;
    var first = blockwise.acknowledged(terms, sized.first());
    return sized instanceof Reply.Observed observed
        ? new Reply.Observed(first, observed.notifications())
        : Reply.of(first);
  }
}
