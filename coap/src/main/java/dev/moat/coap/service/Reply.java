package dev.moat.coap.service;

import java.util.function.UnaryOperator;

/**
 * What answers a request: one response, or a first response and the notifications that follow it
 * (RFC 7641).
 */
public sealed interface Reply {
  /** The only or first response. */
  Response first();

  /** Applies {@code change} to the first response and to every notification. */
  Reply map(UnaryOperator<Response> change);

  /** One response. */
  static Reply of(Response response) {
    return new Single(response);
  }

  /** A single response. */
  record Single(Response first) implements Reply {
    @Override
    public Reply map(UnaryOperator<Response> change) {
      return new Single(change.apply(first));
    }
  }

  /**
   * A first response and what follows.
   *
   * @param notifications subscribed to at most once, by the next stage outward
   */
  record Observed(Response first, Notifications notifications) implements Reply {
    @Override
    public Reply map(UnaryOperator<Response> change) {
      return new Observed(change.apply(first), notifications.map(change));
    }
  }
}
