package dev.moat.coap.service;

import java.util.concurrent.CompletionStage;

/**
 * A stage around a {@link Service}: an adapter over a pure class that decides.
 *
 * @param <Q> the request's type
 * @param <S> the answer's type
 */
@FunctionalInterface
public interface Filter<Q, S> {
  /** Answers {@code request} itself, or hands it, perhaps changed, to {@code next}. */
  CompletionStage<S> handle(Q request, Service<Q, S> next);

  /** {@code service} with this stage around it. */
  default Service<Q, S> around(Service<Q, S> service) {
    return request -> handle(request, service);
  }
}
