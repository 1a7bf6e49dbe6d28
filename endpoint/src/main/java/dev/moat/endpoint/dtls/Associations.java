package dev.moat.endpoint.dtls;

import dev.moat.coap.service.Peer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The associations that are open: by session, by peer, and by address the latest seen there. As
 * many as the engine below keeps. Confined to one loop.
 */
final class Associations {
  private final IdentityHashMap<Session, Association> bySession = new IdentityHashMap<>();
  private final Map<Peer, Association> byPeer = new HashMap<>();
  private final Map<InetSocketAddress, Association> latest = new HashMap<>();

  void add(Association association) {
    bySession.put(association.session(), association);
    byPeer.put(association.peer(), association);
    latest.put(association.address(), association);
  }

  /**
   * Keeps up with a peer whose address changed. A peer that was dialled stays where it was dialled.
   */
  void follow(Association association) {
    InetSocketAddress address = association.session().address();
    if (!association.session().initiated() && !address.equals(association.address())) {
      latest.remove(association.address(), association);
      association.moved(address);
      latest.put(address, association);
    }
  }

  @Nullable Association of(Session session) {
    return bySession.get(session);
  }

  @Nullable Association of(Peer peer) {
    return byPeer.get(peer);
  }

  /** The latest that was seen at this address. */
  @Nullable Association at(InetSocketAddress address) {
    return latest.get(address);
  }

  @Nullable Association remove(Session session) {
    Association removed = bySession.remove(session);
    if (removed != null) {
      byPeer.remove(removed.peer());
      latest.remove(removed.address(), removed);
    }
    return removed;
  }

  /** Does {@code each} for all that are open now; it may end them. */
  void forEach(Consumer<Association> each) {
    new ArrayList<>(bySession.values()).forEach(each);
  }

  int size() {
    return bySession.size();
  }
}
