package dev.moat.endpoint.stack;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The client side of a stack, whatever carries its messages. Called by the owner only. */
public interface Requests {
  /**
   * Sends a request through the client pipeline. The stage never fails: whatever happens is an
   * {@link Outcome}.
   *
   * <p>With a {@link Cancellation} in its context the request can be given up.
   *
   * @throws IllegalArgumentException when the request must not be made, such as a non-confirmable
   *     one to an actuator
   */
  CompletionStage<Outcome> request(Request request, long now);

  /** Gives up the request that carries {@code cancellation}. */
  void cancel(Cancellation cancellation);

  /**
   * Asks whether {@code peer} is there; gives the round trip in nanoseconds, or nothing when it is
   * lost.
   */
  CompletionStage<OptionalLong> ping(Peer peer, long now);
}
