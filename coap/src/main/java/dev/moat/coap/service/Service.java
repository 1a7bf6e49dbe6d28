package dev.moat.coap.service;

import java.util.concurrent.CompletionStage;

/**
 * Answers requests. Called on the event loop; must not block.
 *
 * @param <Q> the request's type
 * @param <S> the answer's type
 */
@FunctionalInterface
public interface Service<Q, S> {
  /**
   * Begins to answer {@code request}; the stage completes on the event loop or on any other thread.
   */
  CompletionStage<S> handle(Q request);
}
