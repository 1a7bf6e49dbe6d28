package dev.moat.edhoc.coap;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.coap.service.Service;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A client's message of a handshake and the one response that counts: one that the state accepts.
 * Whatever else comes leaves the exchange open (RFC 9528, Section 9.7); an error counts as doubt,
 * when nothing genuine comes within a short time.
 *
 * <p>What nobody can verify passes: parts of a message, and one Echo to return. Forging those costs
 * the attempt, and the next one begins anew.
 *
 * @param <T> what the state makes of the response
 */
public final class EdhocExchange<T> implements ResponseGate {
  private final Step<T> step;
  private final boolean patient;
  private final AtomicReference<@Nullable T> accepted = new AtomicReference<>();
  private final AtomicInteger challenges = new AtomicInteger();

  private EdhocExchange(Step<T> step, boolean patient) {
    this.step = step;
    this.patient = patient;
  }

  /** Sends {@code request} over {@code lower}, and waits as long as the message layer does. */
  public static <T> CompletionStage<Ending<T>> send(
      Request request, Step<T> step, Service<Request, Outcome> lower) {
    return send(request, step, lower, true);
  }

  /**
   * Sends {@code request} over {@code lower}.
   *
   * @param patient false counts a message that does not verify as doubt, like an error: it ends the
   *     exchange when nothing genuine comes within a short time
   */
  public static <T> CompletionStage<Ending<T>> send(
      Request request, Step<T> step, Service<Request, Outcome> lower, boolean patient) {
    EdhocExchange<T> gate = new EdhocExchange<>(step, patient);
    return lower.handle(request.withFact(ResponseGate.KEY, gate)).thenApply(gate::ending);
  }

  private Ending<T> ending(Outcome outcome) {
    return outcome.fold(
        responded -> new Ending<>(result(responded.response()), Optional.empty()),
        notDelivered -> new Ending<>(Optional.empty(), Optional.empty()),
        unknown -> new Ending<>(Optional.empty(), unknown.unprotectedError()));
  }

  /** What the gate let through, or what was put together of parts behind it. */
  private Optional<T> result(Response response) {
    T earlier = accepted.get();
    return earlier == null && response.code().isSuccess()
        ? step.receive(response)
        : Optional.ofNullable(earlier);
  }

  @Override
  public Verdict judge(Response received) {
    if (accepted.get() != null) {
      return new Ignored();
    }
    if (isPart(received) || isChallenge(received)) {
      return new Accepted(received);
    }
    if (!received.code().isSuccess()) {
      return new Doubtful(received);
    }
    Optional<T> result = step.receive(received);
    result.ifPresent(accepted::set);
    return result.isPresent() ? new Accepted(received) : otherwise(received);
  }

  /** What does not verify: nothing, or doubt for who would rather fail soon. */
  private Verdict otherwise(Response received) {
    return patient ? new Ignored() : new Doubtful(received);
  }

  private boolean isChallenge(Response received) {
    return received.code().equals(Code.UNAUTHORIZED)
        && received.options().has(OptionNumber.ECHO)
        && challenges.getAndIncrement() == 0;
  }

  /** RFC 7959: of a block-wise transfer, whose whole is judged when it is there. */
  private static boolean isPart(Response received) {
    Options options = received.options();
    boolean acknowledges =
        received.code().equals(Code.CONTINUE)
            || (received.code().equals(Code.REQUEST_ENTITY_TOO_LARGE)
                && options.has(OptionNumber.BLOCK1));
    return acknowledges
        || (received.code().isSuccess()
            && options.block2().map(block -> block.more() || block.number() > 0).orElse(false));
  }

  /**
   * What waits for a response.
   *
   * @param <T> what it makes of it
   */
  @FunctionalInterface
  public interface Step<T> {
    /** Verifies; stays as it is, and gives nothing, when the response is not the one. */
    Optional<T> receive(Response response);
  }

  /**
   * How an exchange ended.
   *
   * @param accepted what the state made of the response that counts
   * @param error else the response that left doubt: an error that came, from the server or from
   *     anyone
   * @param <T> what the state makes of a response
   */
  public record Ending<T>(Optional<T> accepted, Optional<Response> error) {}
}
