package dev.moat.endpoint.stream;

import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Opens connections and remembers them by where they lead. Owned by the loop. */
final class Connector {
  private final Channels channels;
  private final StreamLoop loop;
  private final int limit;
  private final Map<Route, Link> links = new HashMap<>();

  Connector(Channels channels, StreamLoop loop, int limit) {
    this.channels = channels;
    this.loop = loop;
    this.limit = limit;
  }

  /** Completes {@code result} with the peer of an open connection on this route. */
  void connect(Route route, CompletableFuture<Peer> result) {
    try {
      Link known = links.get(route);
      follow(known != null && serves(known) ? known : open(route), result);
    } catch (HandshakeFailure refused) {
      result.completeExceptionally(refused);
    }
  }

  private boolean serves(Link known) {
    return known.state() == Link.State.OPENING
        || (known.state() == Link.State.OPEN && loop.protocol().takesRequests(known.peer()));
  }

  private Link open(Route route) throws HandshakeFailure {
    if (loop.isClosed()) {
      throw new HandshakeFailure("the endpoint is closed");
    }
    if (route.address().isUnresolved()) {
      throw new HandshakeFailure("the name " + route.host() + " is not resolved to an address");
    }
    if (links.size() >= limit) {
      throw new HandshakeFailure("already " + limit + " connections are open");
    }
    Link link = channels.connect(route);
    links.put(route, link);
    var unused = link.channel().closeFuture().addListener(closed -> links.remove(route, link));
    return link;
  }

  private static void follow(Link link, CompletableFuture<Peer> result) {
    var unused =
        link.connected()
            .whenComplete(
                (peer, failure) -> {
                  if (failure == null) {
                    result.complete(peer);
                  } else {
                    result.completeExceptionally(failure);
                  }
                });
  }
}
