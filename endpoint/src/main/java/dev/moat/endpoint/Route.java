package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.Requests;
import java.util.concurrent.CompletableFuture;

/** One transport of a client: its loop, the stack that the loop owns, and the way to a peer. */
interface Route extends AutoCloseable {
  /** The one thread that may touch {@link #requests()}. */
  EndpointLoop loop();

  /** The client side of the stack. */
  Requests requests();

  /**
   * Whom a request to {@code uri} goes to: an open connection or security association, or a new
   * one. Called on the loop; what is done already is then still true for the rest of the task.
   *
   * <p>Fails with a {@link NotReached} or a {@link dev.moat.endpoint.credentials.HandshakeFailure}.
   *
   * @param address of the URI's host and port, without association
   */
  CompletableFuture<Peer> peer(CoapUri uri, Peer address);

  /**
   * True when a request that ended undelivered for {@code cause} only met a connection that was
   * just ending, so that another connection may carry it.
   */
  boolean isConnectionLost(Outcome.Cause cause);

  /**
   * What certificates and the handshake call the host of {@code uri}: without an address's zone.
   */
  static String host(CoapUri uri) {
    return uri.zone()
        .map(zone -> uri.host().substring(0, uri.host().length() - zone.length() - 1))
        .orElse(uri.host());
  }

  /** Concludes what is open and ends the threads; waits for that unless called by the loop. */
  @Override
  void close();
}
