package dev.moat.endpoint.stack;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Pipeline;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.engine.Engine;
import dev.moat.engine.Output;
import dev.moat.engine.freshness.MintedChallenges;
import dev.moat.engine.resource.Router;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A whole CoAP endpoint, sans-I/O, whatever carries its messages: an engine, the client pipeline
 * above it and the server pipeline above it. Results of other threads come in through the {@link
 * LoopGate}.
 */
final class StackCore implements Requests {
  private final LoopGate gate;
  private final EventSink events;
  private final Engine engine;
  private final ClientExchanges client;
  private final ServedExchanges served;
  private final Optional<OscoreStages> oscore;
  private final Pipeline<Request, Outcome> clientStages;
  private final Pipeline<Request, Reply> serverStages;
  private final Service<Request, Outcome> clientPipeline;
  private final Map<Peer, PeerIdentity> identities = new HashMap<>();
  private final Queue<Output> wire = new ArrayDeque<>();
  private long nowNanos;
  private boolean entered;

  /** {@code carriage} tells what carries the messages of {@code engine}. */
  StackCore(Carriage carriage, Engine engine, Router server, LoopGate gate, EventSink events) {
    StackConfig config = carriage.config();
    this.gate = gate;
    this.events = events;
    this.engine = engine;
    this.client = new ClientExchanges(engine, this::nowNanos, this::onLoop, events);
    this.oscore =
        config.oscore().map(c -> OscoreStages.of(c, carriage, engine, this::nowNanos, events));
    Pipelines pipelines = new Pipelines(carriage, oscore, this::nowNanos, events);
    this.clientStages = pipelines.client();
    this.clientPipeline = clientStages.into(client::send);
    this.serverStages =
        pipelines.server(
            server,
            new MintedChallenges(engine.echoMint()),
            this::onLoop,
            () -> gate.nowNanos(nowNanos));
    this.served =
        new ServedExchanges(
            engine, serverStages.into(server), this::nowNanos, this::onLoop, events);
  }

  @Override
  public CompletionStage<Outcome> request(Request request, long now) {
    boolean outermost = enter(now);
    try {
      CompletionStage<Outcome> outcome = clientPipeline.handle(request);
      return request
          .context()
          .find(Cancellation.KEY)
          .map(cancellation -> cancellation.endingUnsent(request, outcome))
          .orElse(outcome);
    } finally {
      leave(outermost);
    }
  }

  @Override
  public void cancel(Cancellation cancellation) {
    boolean outermost = enter(nowNanos);
    try {
      cancellation.cancel();
    } finally {
      leave(outermost);
    }
  }

  @Override
  public CompletionStage<OptionalLong> ping(Peer peer, long now) {
    boolean outermost = enter(now);
    try {
      return client.ping(engine.ping(peer, now));
    } finally {
      leave(outermost);
    }
  }

  /** Calls the engine, and deals with what comes of it unless an outer call will. */
  void inside(long now, Runnable call) {
    boolean outermost = enter(now);
    try {
      call.run();
    } finally {
      leave(outermost);
    }
  }

  /** Requests that come from {@code peer} from now on are known to be of {@code identity}. */
  void identified(Peer peer, PeerIdentity identity) {
    identities.put(peer, identity);
  }

  /** Nothing will come from {@code peer} any more. */
  void forget(Peer peer) {
    identities.remove(peer);
  }

  /** What the transport has to do next, or null when there is nothing. */
  @Nullable Output pollWire() {
    return wire.poll();
  }

  void close(long now) {
    boolean outermost = enter(now);
    try {
      client.close();
      engine.close(now);
    } finally {
      leave(outermost);
      oscore.ifPresent(stages -> stages.protector().close()); // last: ciphers hold keys
    }
  }

  /** The names of the server pipeline's stages, from the engine inward. */
  List<String> serverStages() {
    return serverStages.names();
  }

  /** The names of the client pipeline's stages, from the caller outward. */
  List<String> clientStages() {
    return clientStages.names();
  }

  /** The time of the event being processed. */
  private long nowNanos() {
    return nowNanos;
  }

  /**
   * False when the stack is being called from inside itself: the outermost call handles the
   * outputs.
   */
  private boolean enter(long now) {
    nowNanos = now;
    boolean outermost = !entered;
    entered = true;
    return outermost;
  }

  private void leave(boolean outermost) {
    if (outermost) {
      try {
        settle();
      } finally {
        entered = false;
      }
    }
  }

  private void settle() {
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      try {
        handle(output);
      } catch (RuntimeException | StackOverflowError fault) {
        events.emit(StackEvent.StageFailed.of(output.getClass().getSimpleName(), fault));
      }
    }
  }

  private void handle(Output output) {
    if (output instanceof Output.Transmit || output instanceof Output.Disconnect) {
      wire.add(output);
    } else if (output instanceof Output.Arrived arrived) {
      served.onArrived(arrived.exchange(), identified(arrived.request()));
    } else if (output instanceof Output.Concluded concluded) {
      client.onConcluded(concluded.exchange(), concluded.outcome());
    } else if (output instanceof Output.Notified notified) {
      client.onNotified(notified.exchange(), notified.notification());
    } else if (output instanceof Output.NotificationsEnded ended) {
      client.onNotificationsEnded(ended.exchange(), ended.reason());
    } else if (output instanceof Output.ObservationEnded ended) {
      served.onObservationEnded(ended.observation());
    } else if (output instanceof Output.RenewalDue due) {
      served.onRenewalDue(due.observation());
    } else {
      handleReaction(output);
    }
  }

  private void handleReaction(Output output) {
    if (output instanceof Output.Pong pong) {
      client.onPing(pong.ping(), OptionalLong.of(pong.roundTripNanos()));
    } else if (output instanceof Output.PingLost lost) {
      client.onPing(lost.ping(), OptionalLong.empty());
    }
  }

  private Request identified(Request request) {
    PeerIdentity identity = identities.get(request.peer());
    return identity == null ? request : request.withFact(PeerIdentity.KEY, identity);
  }

  /**
   * Runs {@code task} inside the stack: at once when the caller is inside already, else by the
   * owner.
   */
  private void onLoop(Runnable task) {
    if (gate.isOwner() && entered) {
      task.run();
      return;
    }
    try {
      gate.execute(() -> runInside(task));
    } catch (RejectedExecutionException ended) {
      // The owner has gone, and with it every peer that could be told.
      events.emit(StackEvent.StageFailed.of("a late result", ended));
    }
  }

  private void runInside(Runnable task) {
    boolean outermost = enter(nowNanos);
    try {
      task.run();
    } finally {
      leave(outermost);
    }
  }
}
