package dev.moat.cost.exchange;

/** What of a datagram is counted. */
public enum Layer {
  /** The message of the key exchange alone: for EDHOC without CoAP and without a prefix. */
  MESSAGE,
  /** The CoAP payload: for EDHOC with {@code true} or C_R before it (RFC 9528, Appendix A.2). */
  PAYLOAD,
  /** All that UDP or TCP carries: the CoAP message, or the records of (D)TLS. */
  DATAGRAM
}
