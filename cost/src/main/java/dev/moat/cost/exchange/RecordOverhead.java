package dev.moat.cost.exchange;

/**
 * What protecting a CoAP request and its response adds to their sizes, in octets.
 *
 * @param protocol the protocol
 * @param variant what of it, such as the length of the connection id
 * @param requestOctets the whole CoAP request without protection; 0 for a published figure that
 *     does not say
 * @param responseOctets the same of the response
 * @param origin where the figures come from
 * @param requestOverhead added to the request: record header, connection id, nonce, tag, and what
 *     OSCORE repeats
 * @param responseOverhead the same of the response
 * @param tagOctets how much of either is the authentication tag: 8 for CCM_8, 16 for GCM, which
 *     alone makes 8 octets of a difference
 * @param source for published figures the document; else what produced them
 */
public record RecordOverhead(
    Protocol protocol,
    String variant,
    int requestOctets,
    int responseOctets,
    Origin origin,
    int requestOverhead,
    int responseOverhead,
    int tagOctets,
    String source) {

  /** What would be added to the request with a tag of this size. */
  public int requestOverheadWithTag(int octets) {
    return requestOverhead - tagOctets + octets;
  }

  /** What would be added to the response with a tag of this size. */
  public int responseOverheadWithTag(int octets) {
    return responseOverhead - tagOctets + octets;
  }
}
