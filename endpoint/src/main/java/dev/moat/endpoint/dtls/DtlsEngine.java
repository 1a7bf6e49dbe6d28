package dev.moat.endpoint.dtls;

import dev.moat.bytes.Bytes;
import java.net.InetSocketAddress;

/**
 * DTLS itself: records of the network below, data of associations above. It has no socket, no
 * thread and no clock of its own; one thread calls it. Tasks and timers go through {@link
 * LoopTasks}, and so does everything that it tells its {@link Listener}.
 *
 * <p>The only implementation is of DTLS 1.2. One of DTLS 1.3 (RFC 9147) would go here.
 */
interface DtlsEngine {
  /** Begins to take datagrams. */
  void start();

  /** A datagram arrived. */
  void onDatagram(InetSocketAddress from, Bytes datagram);

  /**
   * Begins a handshake as a client, replacing the association with {@code to} if there is one;
   * {@link Listener#onEstablished} or {@link Listener#onRefused} follows.
   */
  void handshake(InetSocketAddress to, String host);

  /** Gives up the handshake with {@code to}; {@link Listener#onRefused} follows. */
  void abandon(InetSocketAddress to);

  /** Sends {@code data} in this association or not at all; {@link Listener#onUnsent} may follow. */
  void send(Session session, Bytes data);

  /** Sends close_notify and ends the association. */
  void close(Session session);

  /** Ends the association without a word, because its peer has begun another. */
  void abandon(Session session);

  /**
   * A handshake from this address came to nothing: whoever was known there before is there still.
   */
  void restoreAddress(Session session, InetSocketAddress address);

  /** Hands over every datagram that waits to be sent. */
  void drainTo(Outgoing out);

  /** Ends everything, silently, and erases what is secret. */
  void stop();

  /** Takes datagrams for the network. */
  interface Outgoing {
    /** Sends one datagram. */
    void send(InetSocketAddress to, byte[] datagram);
  }

  /** What becomes of associations. */
  interface Listener {
    /** A handshake completed: from now on data comes and goes. */
    void onEstablished(Session session);

    /** Verified data of an association. */
    void onReceived(Session session, Bytes data);

    /** This data provably did not leave. */
    void onUnsent(Session session, Bytes data);

    /** The association is over: nothing comes and nothing leaves any more. */
    void onEnded(Session session);

    /**
     * A handshake came to nothing.
     *
     * @param initiated true when this side began it
     */
    void onRefused(InetSocketAddress peer, boolean initiated, String sentence);
  }
}
