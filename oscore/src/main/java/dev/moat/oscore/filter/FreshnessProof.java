package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;

/**
 * Makes and judges Echo values (RFC 9175, Section 2.3). A value of one purpose never serves the
 * other: what travels in an Outer option proves an address, and nothing about a request's age.
 */
public interface FreshnessProof {
  /**
   * A value for an Inner option, bound to {@code peer}, whose association tells the security
   * contexts apart.
   */
  Bytes mint(Peer peer, long nowNanos);

  /**
   * True when {@link #mint} made {@code echo} for {@code peer} less than {@code windowNanos} before
   * {@code nowNanos}.
   */
  boolean isFresh(Bytes echo, Peer peer, long nowNanos, long windowNanos);

  /** A value for an Outer option, by which an address shows that it receives what is sent to it. */
  Bytes reachability(Peer outerPeer, long nowNanos);
}
