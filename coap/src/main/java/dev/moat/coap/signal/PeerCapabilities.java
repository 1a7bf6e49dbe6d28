package dev.moat.coap.signal;

import dev.moat.coap.signal.Signal.Csm;

/**
 * What the CSMs of a peer add up to (RFC 8323, Section 5.3): a CSM replaces what it names and
 * leaves the rest.
 *
 * @param maxMessageSize the longest message that the peer can receive, in octets
 * @param blockWiseTransfer true when the peer said that it supports block-wise transfer; false when
 *     nothing is known about it
 * @param extendedTokenLength the longest token that the peer accepts in requests, in octets (RFC
 *     8974, Section 2.2.1)
 */
public record PeerCapabilities(
    long maxMessageSize, boolean blockWiseTransfer, int extendedTokenLength) {
  /** The base value of Max-Message-Size, in octets (Section 5.3.1). */
  public static final int BASE_MESSAGE_SIZE = 1152;

  private static final PeerCapabilities BASE = new PeerCapabilities(BASE_MESSAGE_SIZE, false, 8);

  /** The base values, before any CSM. */
  public static PeerCapabilities base() {
    return BASE;
  }

  /** These capabilities after one more CSM. */
  public PeerCapabilities updatedBy(Csm csm) {
    return new PeerCapabilities(
        csm.maxMessageSize().orElse(maxMessageSize),
        blockWiseTransfer || csm.blockWiseTransfer(),
        csm.extendedTokenLength().orElse(extendedTokenLength));
  }

  /** True when the peer indicates support for BERT blocks (Section 5.3.2). */
  public boolean bert() {
    return blockWiseTransfer && maxMessageSize > BASE_MESSAGE_SIZE;
  }
}
