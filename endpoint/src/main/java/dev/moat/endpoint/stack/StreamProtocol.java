package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.stream.Connection;

/**
 * What a transport of connections drives: octets and time in, octets out. No I/O and no clock of
 * its own.
 *
 * <p>Every method is called by the one owner. After every call the owner drains with {@link
 * #drainTo} and looks at {@link #nextTimeoutNanos()} again. All times are monotonic nanoseconds of
 * one clock. A connection's {@code peer} has an association number that no other connection ever
 * has.
 */
public interface StreamProtocol {
  /** A connection is open; its security, if any, is established. */
  void onConnected(Peer peer, Connection connection, long nowNanos);

  /** Octets of a TCP stream in their order, or the content of one whole binary WebSocket frame. */
  void onOctets(Peer from, Bytes octets, long nowNanos);

  /**
   * Whether what is sent on the connection leaves, or waits because the other end does not read.
   */
  void onWritable(Peer peer, boolean writable, long nowNanos);

  /** The connection is gone, by whomever: nothing comes and nothing leaves any more. */
  void onClosed(Peer peer, long nowNanos);

  /** The longest message that is taken; what is longer is refused before all of it has come. */
  default int maxMessageOctets() {
    return Integer.MAX_VALUE;
  }

  /**
   * True once the other end has shown that it speaks the protocol. When there are too many
   * connections, one that has not makes room first.
   */
  default boolean isEstablished(Peer peer) {
    return true;
  }

  /**
   * False when one side has parted from the other and only waits for what is outstanding (RFC 8323,
   * Section 5.5): new requests need a new connection.
   */
  default boolean takesRequests(Peer peer) {
    return true;
  }

  /** Time has passed; may be called at any time, also when nothing is due. */
  void onTimeout(long nowNanos);

  /** When {@link #onTimeout} wants to be called next; {@link Long#MAX_VALUE} for never. */
  long nextTimeoutNanos();

  /** Hands over everything that waits to be sent, and every connection that is to be closed. */
  void drainTo(Outgoing out);

  /** Concludes everything that is open. Octets may still be drained; nothing may be started. */
  void close(long nowNanos);

  /** Takes octets to be sent and connections to be closed, in this order. */
  interface Outgoing {
    /** Sends one whole message: for WebSockets the content of one binary frame. */
    void send(Peer to, Bytes octets);

    /** Closes the connection when all that was sent before has left. */
    void disconnect(Peer peer);
  }
}
