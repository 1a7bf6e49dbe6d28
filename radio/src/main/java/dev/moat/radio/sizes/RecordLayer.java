package dev.moat.radio.sizes;

/**
 * What a record of TLS or DTLS adds to the application's data with AES-CCM, uncompressed. DTLS 1.3
 * is counted at its smallest: a sequence number of one octet and no length.
 */
public enum RecordLayer {
  /** RFC 6347: type 1, version 2, epoch 2, sequence number 6, length 2, and a nonce of 8. */
  DTLS_1_2(13 + 8, 0, true),
  /** RFC 9147, section 4: flags 1, sequence number 1, and the encrypted type 1. */
  DTLS_1_3(2, 1, true),
  /** RFC 5246: type 1, version 2, length 2, and a nonce of 8. */
  TLS_1_2(5 + 8, 0, false),
  /** RFC 8446, section 5.2: type 1, version 2, length 2, and the encrypted type 1. */
  TLS_1_3(5, 1, false);

  private final int headerOctets;
  private final int innerTypeOctets;
  private final boolean hasConnectionIds;

  RecordLayer(int headerOctets, int innerTypeOctets, boolean hasConnectionIds) {
    this.headerOctets = headerOctets;
    this.innerTypeOctets = innerTypeOctets;
    this.hasConnectionIds = hasConnectionIds;
  }

  /** What a record without a connection ID adds. */
  public int overhead(int tagOctets) {
    return headerOctets + innerTypeOctets + tagOctets;
  }

  /**
   * What a record with a connection ID adds. In DTLS 1.2 the ID also moves the real content type
   * into the ciphertext, which is an octet more (RFC 9146, section 4).
   *
   * @param connectionIdOctets 0 for an empty one, which is as if there were none
   * @throws IllegalArgumentException when the protocol has no connection IDs
   */
  public int overhead(int connectionIdOctets, int tagOctets) {
    if (connectionIdOctets == 0) {
      return overhead(tagOctets);
    }
    if (!hasConnectionIds) {
      throw new IllegalArgumentException(this + " has no connection IDs");
    }
    return headerOctets + connectionIdOctets + 1 + tagOctets;
  }
}
