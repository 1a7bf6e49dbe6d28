package dev.moat.endpoint.stack;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Completed;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.engine.Engine;
import dev.moat.engine.Inbound;
import dev.moat.engine.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes each request through the server pipeline and its reply back to the engine. Whatever the
 * pipeline throws, the requester gets 5.00 and the stack goes on. Owned by the stack.
 */
final class ServedExchanges {
  private final Engine engine;
  private final Service<Request, Reply> pipeline;
  private final LongSupplier now;
  private final Consumer<Runnable> onLoop;
  private final EventSink events;
  private final Map<Observation, Served> observed = new HashMap<>();

  ServedExchanges(
      Engine engine,
      Service<Request, Reply> pipeline,
      LongSupplier now,
      Consumer<Runnable> onLoop,
      EventSink events) {
    this.engine = engine;
    this.pipeline = pipeline;
    this.now = now;
    this.onLoop = onLoop;
    this.events = events;
  }

  void onArrived(Inbound exchange, Request request) {
    boolean secured = request.options().has(OptionNumber.OSCORE);
    Renewal renewal = secured ? new Renewal() : Renewal.NONE;
    CompletionStage<Reply> stage;
    try {
      stage = pipeline.handle(secured ? request.withFact(Renewal.KEY, renewal) : request);
    } catch (RuntimeException | StackOverflowError fault) {
      stage = CompletableFuture.failedFuture(fault);
    }
    Optional<Reply> known = Completed.valueOf(stage);
    if (known.isPresent()) {
      answer(exchange, renewal, known.get(), null);
      return;
    }
    var unused =
        stage.whenComplete(
            (reply, failure) -> onLoop.accept(() -> answer(exchange, renewal, reply, failure)));
  }

  /** The engine gave a relation up: the resource need not notify any more. */
  void onObservationEnded(Observation observation) {
    Served served = observed.remove(observation);
    if (served != null) {
      served.notifications().cancel();
    }
  }

  /** The engine wants the newest state of a protected relation, protected anew. */
  void onRenewalDue(Observation observation) {
    Served served = observed.get(observation);
    if (served != null) {
      served.renewal().renew();
    }
  }

  private void answer(
      Inbound exchange, Renewal renewal, @Nullable Reply reply, @Nullable Throwable failure) {
    if (failure != null || reply == null) {
      Throwable fault = failure == null ? new NullPointerException("reply") : failure;
      events.emit(StackEvent.StageFailed.of("the server pipeline", fault));
      engine.respond(exchange, Response.of(Code.INTERNAL_SERVER_ERROR), now.getAsLong());
    } else if (reply instanceof Reply.Observed several) {
      observe(exchange, renewal, several);
    } else {
      engine.respond(exchange, reply.first(), now.getAsLong());
    }
  }

  private void observe(Inbound exchange, Renewal renewal, Reply.Observed several) {
    Optional<Observation> relation = engine.observe(exchange, several.first(), now.getAsLong());
    if (relation.isEmpty()) {
      several.notifications().cancel();
      return;
    }
    Observation observation = relation.get();
    if (several.notifications().isConfirmable()) {
      observation.confirmEvery();
    }
    observed.put(observation, new Served(several.notifications(), renewal));
    several.notifications().subscribe(new Forwarder(observation));
  }

  /** From the resource to the engine. */
  private final class Forwarder implements Notifications.Listener {
    private final Observation observation;

    Forwarder(Observation observation) {
      this.observation = observation;
    }

    @Override
    public void onNotification(Response notification) {
      onLoop.accept(() -> forward(notification));
    }

    @Override
    public void onEnd(Notifications.End reason) {
      // A relation that ends without a last word ends as if the resource were unavailable.
      onLoop.accept(() -> end(Response.of(Code.SERVICE_UNAVAILABLE)));
    }

    private void forward(Response notification) {
      if (!observed.containsKey(observation)) {
        return;
      }
      if (notification.code().isSuccess()) {
        engine.notify(observation, notification, now.getAsLong());
      } else {
        // RFC 7641, Section 4.2: an error ends the relation.
        end(notification);
      }
    }

    private void end(Response last) {
      if (observed.remove(observation) != null) {
        engine.end(observation, last, now.getAsLong());
      }
    }
  }

  /** What feeds a relation. */
  private record Served(Notifications notifications, Renewal renewal) {}
}
