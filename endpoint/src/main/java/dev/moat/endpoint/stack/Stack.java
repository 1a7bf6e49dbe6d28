package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Pipeline;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.engine.CoapEngine;
import dev.moat.engine.EngineConfig;
import dev.moat.engine.Output;
import dev.moat.engine.freshness.MintedChallenges;
import dev.moat.engine.resource.Router;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A whole CoAP endpoint, sans-I/O: the engine, the client pipeline above it and the server pipeline
 * above it.
 *
 * <p>Confined to one owner, who calls it with datagrams and time and drains {@link #pollTransmit()}
 * after every call. Results of other threads come in through the {@link LoopGate}. The same inputs
 * and the same randomness give the same outputs.
 */
public final class Stack implements DatagramProtocol {
  private final LoopGate gate;
  private final EventSink events;
  private final CoapEngine engine;
  private final ClientExchanges client;
  private final ServedExchanges served;
  private final Optional<OscoreStages> oscore;
  private final Pipeline<Request, Outcome> clientStages;
  private final Pipeline<Request, Reply> serverStages;
  private final Service<Request, Outcome> clientPipeline;
  private final Queue<Output.Transmit> transmits = new ArrayDeque<>();
  private long nowNanos;
  private boolean entered;

  private Stack(
      StackConfig config, Router server, LoopGate gate, RandomSource random, EventSink events) {
    this.gate = gate;
    this.events = events;
    this.engine = new CoapEngine(messages(config), random, events);
    this.client = new ClientExchanges(engine, this::nowNanos, this::onLoop, events);
    this.oscore =
        config.oscore().map(c -> OscoreStages.of(c, config, engine, this::nowNanos, events));
    Pipelines pipelines = new Pipelines(config, oscore, random, this::nowNanos, events);
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

  /** Options for which there is a stage are handed on. */
  private static EngineConfig messages(StackConfig config) {
    EngineConfig engine = config.engine();
    if (config.oscore().isEmpty()) {
      return engine;
    }
    boolean combined = config.oscore().get().edhoc().map(EdhocServer::takesCombined).orElse(false);
    return combined ? engine.withOscore().withEdhoc() : engine.withOscore();
  }

  /** A stack that one thread drives, such as one in virtual time. */
  public static Stack of(StackConfig config, Router server, RandomSource random, EventSink events) {
    return of(config, server, LoopGate.direct(), random, events);
  }

  /** A stack whose handlers may complete on other threads and come back through {@code gate}. */
  public static Stack of(
      StackConfig config, Router server, LoopGate gate, RandomSource random, EventSink events) {
    return new Stack(config, server, gate, random, events);
  }

  /**
   * Sends a request through the client pipeline. The stage never fails: whatever happens is an
   * {@link Outcome}.
   *
   * <p>With a {@link Cancellation} in its context the request can be given up.
   *
   * @throws IllegalArgumentException when the request must not be made, such as a non-confirmable
   *     one to an actuator
   */
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

  /** Gives up the request that carries {@code cancellation}. */
  public void cancel(Cancellation cancellation) {
    boolean outermost = enter(nowNanos);
    try {
      cancellation.cancel();
    } finally {
      leave(outermost);
    }
  }

  /**
   * Asks whether {@code peer} is there; gives the round trip in nanoseconds, or nothing when it is
   * lost.
   */
  public CompletionStage<OptionalLong> ping(Peer peer, long now) {
    boolean outermost = enter(now);
    try {
      return client.ping(engine.ping(peer, now));
    } finally {
      leave(outermost);
    }
  }

  @Override
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long now) {
    boolean outermost = enter(now);
    try {
      engine.onDatagram(from, datagram, multicast, now);
    } finally {
      leave(outermost);
    }
  }

  @Override
  public void onSendFailed(Peer to, Bytes datagram, long now) {
    boolean outermost = enter(now);
    try {
      engine.onSendFailed(to, datagram, now);
    } finally {
      leave(outermost);
    }
  }

  @Override
  public void onTimeout(long now) {
    boolean outermost = enter(now);
    try {
      engine.onTimeout(now);
    } finally {
      leave(outermost);
    }
  }

  @Override
  public long nextTimeoutNanos() {
    return engine.nextTimeoutNanos();
  }

  /** The next datagram to send, or null when there is none. */
  public Output.@Nullable Transmit pollTransmit() {
    return transmits.poll();
  }

  @Override
  public void drainTo(Outgoing out) {
    for (Output.Transmit next = transmits.poll(); next != null; next = transmits.poll()) {
      out.send(next.to(), next.datagram());
    }
  }

  @Override
  public void close(long now) {
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
  public List<String> serverStages() {
    return serverStages.names();
  }

  /** The names of the client pipeline's stages, from the caller outward. */
  public List<String> clientStages() {
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
    if (output instanceof Output.Transmit transmit) {
      transmits.add(transmit);
    } else if (output instanceof Output.Arrived arrived) {
      served.onArrived(arrived.exchange(), arrived.request());
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
    } else if (output instanceof Output.Pong pong) {
      client.onPing(pong.ping(), OptionalLong.of(pong.roundTripNanos()));
    } else if (output instanceof Output.PingLost lost) {
      client.onPing(lost.ping(), OptionalLong.empty());
    }
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
