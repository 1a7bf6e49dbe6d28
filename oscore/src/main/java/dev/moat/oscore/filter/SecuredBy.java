package dev.moat.oscore.filter;

import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.oscore.context.SecurityContext;

/**
 * The facts by which a client's request is protected. A request with {@link #KEY} leaves protected
 * by that context or not at all.
 */
public final class SecuredBy {
  /** The context that protects a request. */
  public static final Context.Key<SecurityContext> KEY = new Context.Key<>("secured by");

  /** Whom a request goes to on the wire, while its peer names the security association. */
  static final Context.Key<Peer> WIRE_PEER = new Context.Key<>("wire peer");

  private SecuredBy() {}

  /** {@code request}, to be protected by {@code context}. */
  public static Request secured(Request request, SecurityContext context) {
    return request.withFact(KEY, context);
  }

  static Request to(Request request, Peer peer) {
    return new Request(
        request.method(),
        request.options(),
        request.payload(),
        peer,
        request.reliability(),
        request.context());
  }

  /** The association of {@code context} at the address of {@code peer}. */
  static Peer associated(Peer peer, SecurityContext context) {
    return new Peer(peer.high(), peer.low(), peer.port(), peer.scopeId(), context.association());
  }
}
