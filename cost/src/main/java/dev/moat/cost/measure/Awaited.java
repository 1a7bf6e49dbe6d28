package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Outcome;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the end of a request, with a bound. */
final class Awaited {
  /** After this many seconds a request has failed. */
  private static final long PATIENCE_SECONDS = 25;

  private Awaited() {}

  /**
   * Waits until {@code stage} has ended with a response that says {@code expected}.
   *
   * @throws MeasurementFailure when it ends in another way, or not at all
   */
  static void response(
      String scenario, String step, CompletionStage<Outcome> stage, Bytes expected) {
    try {
      String why =
          stage
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .fold(
                  responded -> mismatch(responded, expected),
                  Awaited::words,
                  unknown -> "no answer that counts: " + unknown.doubt());
      if (!why.isEmpty()) {
        throw new MeasurementFailure(scenario, step, why);
      }
    } catch (ExecutionException failed) {
      throw new MeasurementFailure(scenario, step, failed);
    } catch (TimeoutException late) {
      throw new MeasurementFailure(
          scenario, step, "not over after " + PATIENCE_SECONDS + " seconds");
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new MeasurementFailure(scenario, step, asked);
    }
  }

  private static String mismatch(Outcome.Responded responded, Bytes expected) {
    return responded.response().payload().equals(expected)
        ? ""
        : "an unexpected answer of code " + responded.response().code();
  }

  private static String words(Outcome.NotDelivered undelivered) {
    return "not sent, "
        + undelivered.cause()
        + undelivered.reason().map(reason -> ": " + reason).orElse("");
  }
}
