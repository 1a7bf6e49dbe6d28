package dev.moat.engine.block;

/**
 * What happens to a block-wise request while another one of the same peer on the same resource is
 * not complete and carries a different Request-Tag: the three answers of RFC 9175, Section 3.3.
 */
public enum Concurrency {
  /** Both go on; a stale block joins its own operation. */
  CONCURRENT,
  /** The new one is put off with 5.03 and Max-Age. */
  SINGLE,
  /** The old one is forgotten; its later blocks get 4.08. */
  REPLACE
}
