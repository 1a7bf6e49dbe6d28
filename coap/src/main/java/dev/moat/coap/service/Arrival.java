package dev.moat.coap.service;

import dev.moat.bytes.Bytes;

/**
 * What the receiving endpoint knows of a request beyond its content.
 *
 * @param nanos monotonic receive time of this endpoint, in nanoseconds
 * @param token the request's token
 * @param datagramOctets length of the datagram that carried it
 * @param multicast true when it was sent to a group (RFC 7252, Section 8)
 * @param addressProven true when the source address has shown that it receives what is sent to it
 * @param security how the request was protected
 */
public record Arrival(
    long nanos,
    Bytes token,
    int datagramOctets,
    boolean multicast,
    boolean addressProven,
    Security security) {

  /** Where a server pipeline finds the arrival of a request. */
  public static final Context.Key<Arrival> KEY = new Context.Key<>("arrival");

  /** How a request was protected. */
  public enum Security {
    /** Not at all. */
    NONE,
    /** By a (D)TLS association. */
    TRANSPORT,
    /** By OSCORE. */
    OSCORE
  }
}
