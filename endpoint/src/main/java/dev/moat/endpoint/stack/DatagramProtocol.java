package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;

/**
 * What a datagram transport drives: datagrams and time in, datagrams out. No I/O and no clock of
 * its own.
 *
 * <p>Every method is called by the one owner. After every call the owner drains with {@link
 * #drainTo} and looks at {@link #nextTimeoutNanos()} again. All times are monotonic nanoseconds of
 * one clock.
 */
public interface DatagramProtocol {
  /** A datagram arrived; {@code multicast} tells that it was sent to a group. */
  void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos);

  /** A security association with {@code peer} begins; nothing came over it yet. */
  default void onAssociated(Peer peer, PeerIdentity identity, long nowNanos) {}

  /**
   * The security association of {@code peer} is over, and never comes again: whatever waits for
   * something from it is concluded, and what it left here is forgotten.
   */
  default void onAssociationEnded(Peer peer, long nowNanos) {}

  /** This very datagram provably did not leave this host. */
  void onSendFailed(Peer to, Bytes datagram, long nowNanos);

  /** Time has passed; may be called at any time, also when nothing is due. */
  void onTimeout(long nowNanos);

  /** When {@link #onTimeout} wants to be called next; {@link Long#MAX_VALUE} for never. */
  long nextTimeoutNanos();

  /** Hands over every datagram that waits to be sent. */
  void drainTo(Outgoing out);

  /** Concludes everything that is open. Datagrams may still be drained; nothing may be started. */
  void close(long nowNanos);

  /** Takes datagrams to be sent. */
  @FunctionalInterface
  interface Outgoing {
    /**
     * Sends {@code datagram}, or drops it when the network cannot take more: datagrams may be lost
     * anyway.
     */
    void send(Peer to, Bytes datagram);
  }
}
