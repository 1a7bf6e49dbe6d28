package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.DatagramProtocol;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * One end of an association that says exactly what it is told. {@link #received} may be asked for
 * by any thread; the rest belongs to the loop.
 */
final class WireEnd implements DatagramProtocol {
  private final Optional<Bytes> answer;
  private final CompletableFuture<Bytes> received = new CompletableFuture<>();
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  private WireEnd(Optional<Bytes> answer) {
    this.answer = answer;
  }

  private record Waiting(Peer to, Bytes octets) {}

  /** One that answers everything with {@code answer}. */
  static WireEnd answering(Bytes answer) {
    return new WireEnd(Optional.of(answer));
  }

  /** One that only listens until it is told to speak. */
  static WireEnd asking() {
    return new WireEnd(Optional.empty());
  }

  /** The first datagram that came, or why there is none. */
  CompletableFuture<Bytes> received() {
    return received;
  }

  /** Says it at the next turn. */
  void say(Peer to, Bytes octets) {
    waiting.add(new Waiting(to, octets));
  }

  @Override
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
    boolean unused = received.complete(datagram);
    answer.ifPresent(octets -> say(from, octets));
  }

  @Override
  public void onAssociationEnded(Peer peer, long nowNanos) {
    fail("the association ended");
  }

  @Override
  public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {
    fail("a datagram could not be sent");
  }

  private void fail(String why) {
    boolean unused = received.completeExceptionally(new IllegalStateException(why));
  }

  @Override
  public void onTimeout(long nowNanos) {}

  @Override
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void drainTo(Outgoing out) {
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      out.send(next.to(), next.octets());
    }
  }

  @Override
  public void close(long nowNanos) {
    fail("the endpoint was closed");
  }
}
