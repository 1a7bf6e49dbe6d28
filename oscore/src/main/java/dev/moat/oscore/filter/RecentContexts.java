package dev.moat.oscore.filter;

import dev.moat.coap.service.Peer;
import dev.moat.oscore.context.SecurityContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of several contexts with one kid a peer used last: it is tried first.
 *
 * <p>Every failed trial counts as a forgery under the key that it failed with, because it is one as
 * far as that key can tell; to count only what no other key verifies would give whoever holds one
 * of the contexts free attempts at the others. Tried in this order, genuine requests from an
 * address that stays the same cost the other contexts nothing.
 *
 * <p>Only a hint: addresses are forged easily, and nothing but verification decides.
 */
final class RecentContexts {
  private static final int CAPACITY = 1024;

  private final Map<Peer, SecurityContext> byPeer = new LinkedHashMap<>(16, 0.75f, true);

  /** {@code candidates}, with the one that {@code peer} used last in front. */
  List<SecurityContext> first(Peer peer, List<SecurityContext> candidates) {
    SecurityContext recent = byPeer.get(peer);
    if (recent == null || !candidates.contains(recent)) {
      return candidates;
    }
    List<SecurityContext> ordered = new ArrayList<>(candidates);
    var unused = ordered.remove(recent);
    ordered.add(0, recent);
    return ordered;
  }

  /** A request from {@code peer} verified with {@code context}. */
  void remember(Peer peer, SecurityContext context) {
    var unused = byPeer.put(peer, context);
    if (byPeer.size() > CAPACITY) {
      byPeer.remove(byPeer.keySet().iterator().next());
    }
  }
}
