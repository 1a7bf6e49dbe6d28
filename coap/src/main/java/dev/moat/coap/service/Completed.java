package dev.moat.coap.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks at stages that are complete already, as nearly all on a server's hot path are: what is
 * known need not be waited for.
 */
public final class Completed {
  private Completed() {}

  /** The value of a stage that has completed normally; empty for every other. */
  public static <T> Optional<T> valueOf(CompletionStage<T> stage) {
    // Exactly this class: the JDK's minimal stages are subclasses that refuse to be looked at.
    if (stage.getClass() == CompletableFuture.class
        && stage instanceof CompletableFuture<T> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      return Optional.ofNullable(future.getNow(null));
    }
    return Optional.empty();
  }
}
