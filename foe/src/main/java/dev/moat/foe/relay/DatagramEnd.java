package dev.moat.foe.relay;

import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.foe.field.Party;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** An endpoint of datagrams on a real socket. */
interface DatagramEnd extends AutoCloseable {
  /** Where it listens. */
  InetSocketAddress address();

  /** The loop that owns its party. */
  EndpointLoop loop();

  /** Who is there. */
  Party party();

  /** The peer at {@code server}, once there is an association with it where one is needed. */
  CompletableFuture<Peer> reach(InetSocketAddress server);

  @Override
  void close();

  /** Which side it takes. */
  enum Role {
    /** Asks. */
    CLIENT,
    /** Is asked. */
    SERVER
  }
}
