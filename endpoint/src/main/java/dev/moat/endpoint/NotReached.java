package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.credentials.HandshakeFailure;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * No way to the host of a URI, so that nothing was sent. The message is one sentence for people.
 */
final class NotReached extends Exception {
  private static final long serialVersionUID = 1;

  private final Outcome.Cause cause;

  /**
   * Not reached for this reason; without stack trace, because anyone on the network can cause it.
   */
  NotReached(Outcome.Cause cause, String sentence) {
    super(sentence, null, false, false);
    this.cause = cause;
  }

  /** What {@code failure} says of the way; nothing when it is a defect of this program. */
  static Optional<NotReached> of(Throwable failure) {
    Throwable origin =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (origin instanceof NotReached already) {
      return Optional.of(already);
    }
    if (origin instanceof RejectedExecutionException) {
      return Optional.of(new NotReached(Outcome.Cause.CLOSED, "the client was closed"));
    }
    if (origin instanceof HandshakeFailure || origin instanceof UncheckedIOException) {
      return Optional.of(new NotReached(Outcome.Cause.NO_CONNECTION, sentence(origin)));
    }
    return Optional.empty();
  }

  /** How a request ended that was to go this way. */
  Outcome.NotDelivered outcome(Request request) {
    return new Outcome.NotDelivered(request, cause, Optional.of(sentence(this)));
  }

  /** How a ping ended that was to go this way. */
  PingOutcome ping() {
    return new PingOutcome.NotSent(sentence(this));
  }

  private static String sentence(Throwable failure) {
    Throwable telling =
        failure instanceof UncheckedIOException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return String.valueOf(telling.getMessage());
  }
}
