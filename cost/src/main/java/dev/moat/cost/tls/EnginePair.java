package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.radio.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A TLS client and server that speak to each other in memory, and what they sent. */
final class EnginePair {
  /** More steps than any handshake takes: a bound for what should not happen. */
  private static final int MAX_STEPS = 256;

  private final Side client;
  private final Side server;
  private final List<Flights.Sent> sent = new ArrayList<>();

  EnginePair(SSLEngine client, SSLEngine server) {
    this.client = new Side(client, Direction.UPLINK);
    this.server = new Side(server, Direction.DOWNLINK);
  }

  /** One engine, and what has come for it and is not read yet. */
  private static final class Side {
    final SSLEngine engine;
    final Direction direction;
    Bytes inbox = Bytes.empty();
    Bytes plain = Bytes.empty();

    Side(SSLEngine engine, Direction direction) {
      this.engine = engine;
      this.direction = direction;
    }
  }

  /** What was sent until now. */
  List<Flights.Sent> sent() {
    return List.copyOf(sent);
  }

  /**
   * Lets them speak until both fall silent.
   *
   * @throws SSLException when they cannot agree
   */
  void handshake() throws SSLException {
    client.engine.beginHandshake();
    server.engine.beginHandshake();
    settle();
    if (isOpen(client) || isOpen(server)) {
      throw new SSLException("both fell silent before the handshake was over");
    }
  }

  private static boolean isOpen(Side side) {
    return side.engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  /** Each speaks and reads until it can do neither, as over a network that is slower than both. */
  private void settle() throws SSLException {
    int steps = 0;
    boolean moved = true;
    while (moved) {
      int taken = steps(client, server) + steps(server, client);
      moved = taken > 0;
      steps += taken;
      if (steps > MAX_STEPS) {
        throw new SSLException("no end after " + steps + " steps");
      }
    }
  }

  private int steps(Side side, Side other) throws SSLException {
    int steps = 0;
    while (steps <= MAX_STEPS && step(side, other)) {
      steps++;
    }
    return steps;
  }

  /** An engine may want to speak before it has read all; false when it does neither. */
  private boolean step(Side side, Side other) throws SSLException {
    while (side.engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      side.engine.getDelegatedTask().run();
    }
    if (side.engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      send(side, other, Bytes.empty());
      return true;
    }
    return !side.inbox.isEmpty() && read(side);
  }

  private void send(Side side, Side other, Bytes plain) throws SSLException {
    ByteBuffer buffer = ByteBuffer.allocate(side.engine.getSession().getPacketBufferSize());
    require(side.engine.wrap(ByteBuffer.wrap(plain.toArray()), buffer));
    Bytes record = octets(buffer);
    sent.add(new Flights.Sent(side.direction, record));
    other.inbox = other.inbox.plus(record);
  }

  private static boolean read(Side side) throws SSLException {
    ByteBuffer in = ByteBuffer.wrap(side.inbox.toArray());
    ByteBuffer out = ByteBuffer.allocate(side.engine.getSession().getApplicationBufferSize());
    require(side.engine.unwrap(in, out));
    boolean moved = in.position() > 0;
    side.inbox = side.inbox.slice(in.position(), side.inbox.length());
    side.plain = side.plain.plus(octets(out));
    return moved;
  }

  /** Sends application data and gives what came out at the other side. */
  Bytes say(Direction direction, Bytes plain) throws SSLException {
    Side from = direction == Direction.UPLINK ? client : server;
    Side to = direction == Direction.UPLINK ? server : client;
    to.plain = Bytes.empty();
    send(from, to, plain);
    settle();
    return to.plain;
  }

  private static void require(SSLEngineResult result) throws SSLException {
    if (result.getStatus() != SSLEngineResult.Status.OK) {
      throw new SSLException("the engine says " + result.getStatus());
    }
  }

  private static Bytes octets(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.flip().remaining()];
    buffer.get(octets);
    return Bytes.owned(octets);
  }
}
