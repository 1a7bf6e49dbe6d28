package dev.moat.foe.field;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.endpoint.stack.StreamProtocol;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * One endpoint: what a transport drives, and what its application calls. It is made for datagrams
 * or for connections.
 */
public final class Party {
  private final Optional<DatagramProtocol> datagrams;
  private final Optional<StreamProtocol> streams;
  private final Calls calls;

  private Party(
      Optional<DatagramProtocol> datagrams, Optional<StreamProtocol> streams, Calls calls) {
    this.datagrams = datagrams;
    this.streams = streams;
    this.calls = calls;
  }

  /**
   * One for datagrams.
   *
   * @param calls the client side; a server that never asks may refuse
   */
  public static Party of(DatagramProtocol protocol, Calls calls) {
    return new Party(Optional.of(protocol), Optional.empty(), calls);
  }

  /**
   * One for connections.
   *
   * @param calls the client side; a server that never asks may refuse
   */
  public static Party of(StreamProtocol protocol, Calls calls) {
    return new Party(Optional.empty(), Optional.of(protocol), calls);
  }

  /** The same endpoint, whose application makes other calls. */
  public Party with(Calls other) {
    return new Party(datagrams, streams, other);
  }

  /** The same endpoint, with other protocols in place of those that it has. */
  public Party with(
      UnaryOperator<DatagramProtocol> ofDatagrams, UnaryOperator<StreamProtocol> ofStreams) {
    return new Party(datagrams.map(ofDatagrams), streams.map(ofStreams), calls);
  }

  /**
   * What a transport of datagrams drives.
   *
   * @throws IllegalStateException when the endpoint was made for connections
   */
  public DatagramProtocol datagrams() {
    return datagrams.orElseThrow(() -> new IllegalStateException("made for connections"));
  }

  /**
   * What a transport of connections drives.
   *
   * @throws IllegalStateException when the endpoint was made for datagrams
   */
  public StreamProtocol streams() {
    return streams.orElseThrow(() -> new IllegalStateException("made for datagrams"));
  }

  /** What the application calls. */
  public Calls calls() {
    return calls;
  }

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
