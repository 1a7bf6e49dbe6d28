package dev.moat.engine.client;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.engine.block.BlockSizes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Client: sends long bodies in blocks and gathers long answers and notifications (RFC 7959), each
 * operation under a Request-Tag of its own (RFC 9175, Section 3.5.1).
 *
 * <p>A request with Block1, with Block2 above number 0, or with {@link #SINGLE_BLOCK} in its
 * context is the caller's own business and passes untouched. Block2 with number 0 is a wish for a
 * block size. Stands outside of {@code ClientEchoFilter}.
 */
public final class ClientBlockwiseFilter implements Filter<Request, Outcome> {
  /** A fact that makes a request one exchange: the answer is whatever block the server sends. */
  public static final Context.Key<Boolean> SINGLE_BLOCK = new Context.Key<>("single block");

  private final ClientBlockwiseConfig config;
  private final RequestTags tags;
  private final EventSink events;

  /** {@code random} gives the first Request-Tag. */
  public ClientBlockwiseFilter(
      ClientBlockwiseConfig config, RandomSource random, EventSink events) {
    this.config = config;
    this.tags = new RequestTags(config.tagging(), random);
    this.events = events;
  }

  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    if (isCallersBusiness(request)) {
      return next.handle(request);
    }
    long maxOctets = (BlockOption.MAX_NUMBER + 1L) << (config.preferredSizeExponent() + 4);
    if (request.payload().length() > maxOctets) {
      return CompletableFuture.completedFuture(
          new Outcome.NotDelivered(request, Outcome.Cause.NOT_SENDABLE));
    }
    Upload upload = new Upload(sized(request), config.preferredSizeExponent(), tags, events);
    return TransferRun.of(upload, next)
        .thenCompose(
            outcome ->
                outcome.fold(
                    responded -> gather(responded, upload.continuation(), next),
                    CompletableFuture::completedFuture,
                    CompletableFuture::completedFuture))
        .thenApply(outcome -> outcome.about(request));
  }

  private static boolean isCallersBusiness(Request request) {
    Options options = request.options();
    return request.context().has(SINGLE_BLOCK)
        || options.has(OptionNumber.BLOCK1)
        || options.block2().map(block -> block.number() > 0).orElse(false);
  }

  /** Small blocks are wished for the answer too: early negotiation (RFC 7959, Section 2.4). */
  private Request sized(Request request) {
    if (config.preferredSizeExponent() == BlockSizes.LARGEST_EXPONENT
        || request.options().has(OptionNumber.BLOCK2)) {
      return request;
    }
    BlockOption wish = new BlockOption(0, false, config.preferredSizeExponent());
    return request.with(new Option(OptionNumber.BLOCK2, wish.value()));
  }

  private CompletionStage<Outcome> gather(
      Outcome.Responded responded, Request continuation, Service<Request, Outcome> next) {
    Request request = responded.request();
    return download(request, continuation, responded.response(), next)
        .thenApply(
            whole ->
                responded.reply() instanceof Reply.Observed observed
                    ? observed(
                        whole,
                        observed.notifications(),
                        n -> download(request, continuation, n, next))
                    : whole);
  }

  private CompletionStage<Outcome> download(
      Request request, Request continuation, Response first, Service<Request, Outcome> next) {
    return TransferRun.of(new Download(request, continuation, first, config, events), next);
  }

  private Outcome observed(
      Outcome first, Notifications source, Service<Response, Outcome> download) {
    if (!(first instanceof Outcome.Responded responded)) {
      source.cancel();
      return first;
    }
    Notifications whole =
        new ReassembledNotifications(
            responded.request(),
            source,
            n -> download.handle(n).thenApply(ClientBlockwiseFilter::responseOf),
            events);
    return new Outcome.Responded(
        responded.request(), new Reply.Observed(responded.response(), whole));
  }

  private static Optional<Response> responseOf(Outcome outcome) {
    return outcome.fold(
        responded -> Optional.of(responded.response()),
        n -> Optional.empty(),
        u -> Optional.empty());
  }
}
