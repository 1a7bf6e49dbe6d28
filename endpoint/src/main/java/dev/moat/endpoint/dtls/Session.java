package dev.moat.endpoint.dtls;

import dev.moat.coap.service.PeerIdentity;
import java.net.InetSocketAddress;

/**
 * What one completed handshake established, from then until it ends: one set of keys, one epoch.
 * Compared by identity.
 */
interface Session {
  /** Where the peer is; where it last was when another took its address. */
  InetSocketAddress address();

  /** Whom the peer proved to be. */
  PeerIdentity identity();

  /** True when this side began the handshake. */
  boolean initiated();

  /** True when what the peer proved also counts for {@code host}. */
  boolean vouchesFor(String host);
}
