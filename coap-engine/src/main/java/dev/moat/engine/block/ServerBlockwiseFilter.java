package dev.moat.engine.block;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.coap.service.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Server: lets only whole requests in and answers in blocks (RFC 7959). Of a notification longer
 * than a block goes the first block; the client gets the rest by GET (Section 2.6).
 *
 * <p>Stands inside of {@code EchoFreshnessFilter}, so that every block is checked for freshness,
 * and outside of the router.
 */
public final class ServerBlockwiseFilter implements Filter<Request, Reply> {
  private final ServerBlockwise blockwise;
  private final Ticker ticker;

  /** Nothing under way yet. */
  public ServerBlockwiseFilter(ServerBlockwiseConfig config, Ticker ticker, EventSink events) {
    this.blockwise = new ServerBlockwise(config, events);
    this.ticker = ticker;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    Reception reception = blockwise.receive(request, ticker.nowNanos());
    if (reception instanceof Reception.Whole whole) {
      return next.handle(whole.request()).thenApply(reply -> inBlocks(whole.terms(), reply));
    }
    return CompletableFuture.completedFuture(Reply.of(((Reception.Answer) reception).response()));
  }

  /** Block1 acknowledges the request's last block, hence stands in the first response only. */
  private Reply inBlocks(BlockTerms terms, Reply reply) {
    Reply sized = reply.map(response -> blockwise.answer(terms, response, ticker.nowNanos()));
    Response first = blockwise.acknowledged(terms, sized.first());
    return sized instanceof Reply.Observed observed
        ? new Reply.Observed(first, observed.notifications())
        : Reply.of(first);
  }

  /** Request bodies in the making. */
  public int assembliesUnderWay() {
    return blockwise.assembliesUnderWay();
  }

  /** Response bodies kept for later blocks. */
  public int representationsKept() {
    return blockwise.representationsKept();
  }
}
