package dev.moat.oscore.rekey;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.coap.service.Service;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A client's message of a procedure and the one response that its state accepts; whatever else
 * comes leaves the exchange open.
 *
 * @param <T> what the state makes of the response
 */
public final class RekeyExchange<T> implements ResponseGate {
  private final Step<T> step;
  private final AtomicReference<@Nullable T> accepted = new AtomicReference<>();

  private RekeyExchange(Step<T> step) {
    this.step = step;
  }

  /**
   * Sends a protected request.
   *
   * @return what {@code step} makes of the response; fails with a {@link RekeyException},
   *     UNANSWERED, when none was accepted
   */
  public static <T> CompletionStage<T> send(
      Request outer, Step<T> step, Service<Request, Outcome> lower) {
    RekeyExchange<T> gate = new RekeyExchange<>(step);
    return lower
        .handle(outer.withFact(ResponseGate.KEY, gate))
        .thenCompose(outcome -> gate.result());
  }

  private CompletionStage<T> result() {
    T result = accepted.get();
    return result == null
        ? CompletableFuture.failedFuture(new RekeyException(Reason.UNANSWERED))
        : CompletableFuture.completedFuture(result);
  }

  @Override
  public Verdict judge(Response received) {
    if (!received.options().has(OptionNumber.OSCORE)) {
      return new Doubtful(received);
    }
    if (accepted.get() != null) {
      return new Ignored();
    }
    try {
      accepted.set(step.receive(received));
      return new Accepted(Response.of(received.code()));
    } catch (RekeyException refused) {
      return new Ignored();
    }
  }

  /**
   * What waits for a response.
   *
   * @param <T> what it makes of it
   */
  @FunctionalInterface
  public interface Step<T> {
    /** Verifies; stays as it is when the response is refused. */
    T receive(Response outer) throws RekeyException;
  }
}
