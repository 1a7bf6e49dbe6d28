package dev.moat.engine.block;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.engine.resource.Refusal;
import dev.moat.engine.resource.ResourcePolicy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Server: refuses blocks without Request-Tag where the resource's policy demands one (RFC 9175,
 * Section 3.5.1). Stands outside of {@link ServerBlockwiseFilter}, which takes the block options
 * away.
 */
public final class RequestTagFilter implements Filter<Request, Reply> {
  private final EventSink events;

  /** Tells {@code events} of refusals. */
  public RequestTagFilter(EventSink events) {
    this.events = events;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    Optional<BlockOption> block = request.options().block1();
    if (block.isEmpty() || !isOneOfSeveral(block.get()) || !lacksTag(request)) {
      return next.handle(request);
    }
    events.emit(
        new BlockEvent.BlockRefused(
            request.peer(), request.method(), block.get().number(), BlockEvent.Reason.UNTAGGED));
    return CompletableFuture.completedFuture(
        Reply.of(
            Refusal.because(
                Code.BAD_REQUEST,
                "this resource demands a Request-Tag on block-wise requests (RFC 9175)")));
  }

  private static boolean isOneOfSeveral(BlockOption block) {
    return block.more() || block.number() > 0;
  }

  private static boolean lacksTag(Request request) {
    ResourcePolicy policy = request.context().find(ResourcePolicy.KEY).orElse(ResourcePolicy.OPEN);
    return policy.requestTag().covers(request.method())
        && !request.options().has(OptionNumber.REQUEST_TAG);
  }
}
