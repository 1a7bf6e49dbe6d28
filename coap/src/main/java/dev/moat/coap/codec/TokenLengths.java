package dev.moat.coap.codec;

/** Which values of the Token Length field are understood. */
public enum TokenLengths {
  /** 0 to 8 octets, all else is a format error (RFC 7252, Section 3). */
  BASIC(8, 12),
  /**
   * 0 to 8 octets and the two extended forms, TKL 13 and 14, for 13 octets and more. The default.
   *
   * <p>TKL 9 to 12 stay format errors, although RFC 8974 opens them too: the conformance vectors
   * demand it, and a client that meets the Reset falls back as it must anyway (RFC 8974, Section
   * 2.2.2).
   */
  EXTENDED(8, 14),
  /** 0 to 65804 octets: all that RFC 8974, Section 2.1, allows. */
  FULL(12, 14);

  private final int maxPlain;
  private final int maxExtended;

  TokenLengths(int maxPlain, int maxExtended) {
    this.maxPlain = maxPlain;
    this.maxExtended = maxExtended;
  }

  /** True when the 4-bit field may hold {@code tkl}. */
  boolean allows(int tkl) {
    return tkl <= maxPlain || (tkl >= 13 && tkl <= maxExtended);
  }
}
