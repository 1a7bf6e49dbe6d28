package dev.moat.endpoint.stack;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Pipeline;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Ticker;
import dev.moat.engine.block.RequestTagFilter;
import dev.moat.engine.block.ServerBlockwiseFilter;
import dev.moat.engine.client.ClientBlockwiseFilter;
import dev.moat.engine.client.ConfirmableActuatorsFilter;
import dev.moat.engine.freshness.ChallengeSource;
import dev.moat.engine.freshness.ClientEchoFilter;
import dev.moat.engine.freshness.EchoFreshnessFilter;
import dev.moat.engine.resource.LoopReturn;
import dev.moat.engine.resource.PolicyFilter;
import dev.moat.engine.resource.Router;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The order of the stages, which is security: written here and nowhere else, outermost first. A
 * test asserts it.
 *
 * <p>Outside of both pipelines is the engine, which has already dealt with retransmissions,
 * duplicates, matching, unknown critical options and the amplification guard.
 *
 * <p>Over connections the stages are the same but for those that guard against what only datagrams
 * suffer. Outer blocks stay: a proxy on the way may cut what it takes from one connection and puts
 * on another (RFC 8613, 4.1.3.4.2).
 */
final class Pipelines {
  private final Carriage carriage;
  private final StackConfig config;
  private final Optional<OscoreStages> oscore;
  private final Ticker ticker;
  private final EventSink events;

  Pipelines(Carriage carriage, Optional<OscoreStages> oscore, Ticker ticker, EventSink events) {
    this.carriage = carriage;
    this.config = carriage.config();
    this.oscore = oscore;
    this.ticker = ticker;
    this.events = events;
  }

  /** From the engine inward to the router. */
  Pipeline<Request, Reply> server(
      Router router, ChallengeSource challenges, Consumer<Runnable> loop, LongSupplier clock) {
    Pipeline<Request, Reply> pipeline =
        verified()
            // Policy before everything that costs: who may not ask gets no challenge and no
            // assembly. It also leaves
            // the policy behind that the next two stages enforce.
            .then("policy", new PolicyFilter(router, config.policies(), events))
            // Freshness before Request-Tag and blocks: every block of an unsafe transfer is
            // challenged, so that none
            // can be held back and released later (draft Attacks on CoAP, Section 2.2).
            .then("freshness", freshness(challenges));
    if (!config.serverBlocks().insecureIgnoreRequestTag()) {
      // Request-Tag before blocks, which take the block options away.
      pipeline = pipeline.then("request-tag", new RequestTagFilter(events));
    }
    Optional<Filter<Request, Reply>> reachability =
        oscore.flatMap(stages -> stages.rekeying().edhoc()).flatMap(EdhocStages::reachability);
    if (reachability.isPresent() && !carriage.isReliable()) {
      // Over datagrams only: a connection has proved its address by coming about.
      // Outside of the loop return: Echo values are made on the event loop. Outside of blocks:
      // a challenge takes the place of the whole answer.
      pipeline = pipeline.then("reachability", reachability.get());
    }
    pipeline =
        pipeline
            // Blocks before the router: a handler sees whole bodies only.
            .then("blocks", new ServerBlockwiseFilter(config.serverBlocks(), ticker, events))
            // Loop return innermost but for the offload: all stages above run on the event loop
            // only.
            .then("loop return", new LoopReturn(loop));
    if (config.offload().isPresent()) {
      pipeline =
          pipeline.then("offload", new Offload(config.offload().get(), config.freshness(), clock));
    }
    return pipeline;
  }

  /** What comes before anyone may believe what a request says. */
  private Pipeline<Request, Reply> verified() {
    Pipeline<Request, Reply> pipeline = Pipeline.start();
    if (oscore.isEmpty()) {
      return pipeline;
    }
    OscoreStages stages = oscore.get();
    // Outer blocks before OSCORE: only a whole message can be verified (RFC 8613, 8.2.1).
    pipeline = pipeline.then("outer blocks", stages.outerRequests());
    // OSCORE before policy and everything else: nothing further in sees what is not
    // verified, and all answers from further in go out protected.
    return stages
        .rekeying()
        .around(pipeline, stages.verification())
        // Inner critical options right behind it: what the engine did for the outer ones.
        .then("inner requests", stages.innerRequests());
  }

  /** From the caller outward to the engine. */
  Pipeline<Request, Outcome> client() {
    Pipeline<Request, Outcome> pipeline = Pipeline.start();
    if (carriage.rooms().isPresent()) {
      // First of all, while the peer is still that of the connection: blocks need the room.
      pipeline = pipeline.then("message room", new RoomStage(carriage.rooms().get()));
    } else if (!config.insecureUnconfirmedRequests()) {
      // First of all, so that what must not leave costs nothing. Over datagrams only: on a
      // connection every message is as good as confirmable (RFC 8323, Section 1).
      pipeline = pipeline.then("confirmable actuators", new ConfirmableActuatorsFilter());
    }
    if (oscore.isPresent()) {
      // Contexts on demand before the association: it needs to know the context.
      pipeline = pipeline.then("context on demand", oscore.get().rekeying().onDemand());
      // Association before every stage that keeps something for a peer: Echo values, tags and
      // blocks of a security context never meet those of another, or of none.
      pipeline = pipeline.then("association", oscore.get().association());
    }
    pipeline =
        pipeline
            // Blocks outside of Echo: a challenge to one block repeats that block, not the
            // transfer.
            .then(
                "blocks",
                new ClientBlockwiseFilter(config.clientBlocks(), carriage.random(), events))
            .then("echo", new ClientEchoFilter(config.clientEcho(), ticker, events));
    return oscore.isPresent() ? protectedBy(oscore.get(), pipeline) : pipeline;
  }

  private static Pipeline<Request, Outcome> protectedBy(
      OscoreStages stages, Pipeline<Request, Outcome> pipeline) {
    return pipeline
        // Deregistration outside of OSCORE: a cancellation is protected anew.
        .then("deregistration", stages.deregistration())
        // Who carries message_3 is decided outside of OSCORE, where outcomes are verified, and
        // inside of blocks and Echo, which send several messages: one of them carries it.
        .then("message_3", stages.combined().outer())
        // OSCORE inside of blocks and Echo: every message that they send gets a Partial IV of its
        // own, and nothing that they conclude from is unverified.
        .then("oscore", stages.protection())
        // Combined inside of OSCORE, which does not cover message_3 (RFC 9668, 3.2.1); outside of
        // outer blocks, whose further requests are for the same message.
        .then("combined", stages.combined().inner())
        // Outer blocks inside of OSCORE: only a whole response can be verified (RFC 8613, 8.4.1).
        .then("outer blocks", stages.outerResponses());
  }

  private EchoFreshnessFilter freshness(ChallengeSource challenges) {
    return new EchoFreshnessFilter(config.freshness(), challenges, ticker, events);
  }
}
