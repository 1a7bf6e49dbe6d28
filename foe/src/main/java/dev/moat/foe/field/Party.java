package dev.moat.foe.field;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.LoopGate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One endpoint: what a transport drives, and what its application calls.
 *
 * @param protocol datagrams and time in, datagrams out
 * @param calls the client side; a server that never asks may refuse
 */
public record Party(DatagramProtocol protocol, Calls calls) {
  /** Makes requests. Called by the owner of the protocol only. */
  @FunctionalInterface
  public interface Calls {
    /** Sends {@code request}; the stage completes with its outcome and never fails. */
    CompletionStage<Outcome> request(Request request, long nowNanos);

    /**
     * Gets what requests to {@code server} need beforehand, such as keys; true when they have it.
     */
    default CompletionStage<Boolean> prepare(Peer server, long nowNanos) {
      return CompletableFuture.completedFuture(true);
    }
  }

  /** Makes an endpoint, given the way back to the loop that will own it. */
  @FunctionalInterface
  public interface Opening {
    /** Makes it. */
    Party open(LoopGate gate);
  }
}
