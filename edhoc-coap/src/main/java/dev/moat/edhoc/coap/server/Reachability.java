package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.coap.service.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Server: adds the Outer Echo value where the EDHOC resource asks an address to prove itself (RFC
 * 9175, Section 2.4). A stage of its own, since values are made on the event loop, and handlers may
 * run elsewhere.
 *
 * <p>A message in several blocks is challenged at its first: an answer to the last one would come
 * when the others are gone, and until then they would be kept for an address that nobody may have.
 */
public final class Reachability implements Filter<Request, Reply> {
  private static final Context.Key<Demand> KEY = new Context.Key<>("reachability");

  private final Mint mint;
  private final Ticker ticker;
  private final List<String> paths;

  /**
   * Adds values of {@code mint}, on the event loop that owns it.
   *
   * @param paths of the EDHOC resources
   */
  Reachability(Mint mint, Ticker ticker, List<String> paths) {
    this.mint = mint;
    this.ticker = ticker;
    this.paths = paths;
  }

  @Override
  public CompletionStage<Reply> handle(Request request, Service<Request, Reply> next) {
    if (request.arrival().addressProven()) {
      return next.handle(request);
    }
    if (beginsBlocks(request)) {
      Response challenge = challenge(request, Response.of(Code.UNAUTHORIZED));
      return CompletableFuture.completedFuture(Reply.of(challenge));
    }
    Demand demand = new Demand();
    return next.handle(request.withFact(KEY, demand))
        .thenApply(reply -> demand.made.get() ? reply.map(r -> challenge(request, r)) : reply);
  }

  private boolean beginsBlocks(Request request) {
    Optional<BlockOption> block = request.options().block1();
    return block.isPresent()
        && block.get().number() == 0
        && block.get().more()
        && paths.contains(request.path());
  }

  private Response challenge(Request request, Response response) {
    Bytes value = mint.reachability(request.peer(), ticker.nowNanos());
    return response.with(new Option(OptionNumber.ECHO, value));
  }

  /** True where an address can be asked to prove itself, and has not. */
  static boolean canDemand(Request request) {
    return request.context().has(KEY);
  }

  /** 4.01, to which the stage adds its value. */
  static Response demand(Request request) {
    request.context().find(KEY).ifPresent(demand -> demand.made.set(true));
    return Response.of(Code.UNAUTHORIZED);
  }

  /** Makes Echo values that prove an address and nothing else. */
  @FunctionalInterface
  public interface Mint {
    /** A value for {@code peer}, made at {@code nowNanos}. */
    Bytes reachability(Peer peer, long nowNanos);
  }

  private static final class Demand {
    private final AtomicBoolean made = new AtomicBoolean();
  }
}
