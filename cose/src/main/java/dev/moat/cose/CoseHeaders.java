package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.cbor.CborMapWriter;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The header parameters of one COSE structure, protected and not (RFC 9052, Section 3). Immutable.
 *
 * <p>Both maps are kept as received, so that writing them gives the same octets; parameters that
 * are not known stay in them.
 */
public final class CoseHeaders {
  static final int ALG = 1;
  static final int CRIT = 2;
  static final int KID = 4;
  static final int IV = 5;
  static final int PARTIAL_IV = 6;
  static final int KID_CONTEXT = 10;

  private static final Bytes EMPTY_MAP = Bytes.of(0xa0);

  private final Bytes protectedOctets;
  private final Bytes unprotectedMap;
  private final HeaderReader read;

  private CoseHeaders(Bytes protectedOctets, Bytes unprotectedMap, HeaderReader read) {
    this.protectedOctets = protectedOctets;
    this.unprotectedMap = unprotectedMap;
    this.read = read;
  }

  /** Starts without parameters. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads both maps.
   *
   * @param protectedOctets the content of the byte string: an encoded map, or zero octets
   * @param unprotectedMap an encoded map
   * @throws CoseException with MALFORMED_CBOR, BAD_HEADER, DUPLICATE_LABEL, UNKNOWN_CRITICAL or
   *     TWO_IVS
   */
  public static CoseHeaders decode(Bytes protectedOctets, Bytes unprotectedMap)
      throws CoseException {
    HeaderReader reader = new HeaderReader();
    if (!protectedOctets.isEmpty()) {
      reader.readProtected(protectedOctets);
    }
    reader.readUnprotected(unprotectedMap);
    return new CoseHeaders(protectedOctets, unprotectedMap, reader);
  }

  /** The protected map as it stands in the message: zero octets or an encoded map. */
  public Bytes protectedOctets() {
    return protectedOctets;
  }

  /**
   * The protected map as it is authenticated: an empty one is zero octets, also when the message
   * writes it out (RFC 9052, Sections 3 and 5.3).
   */
  public Bytes authenticatedOctets() {
    return protectedOctets.equals(EMPTY_MAP) ? Bytes.empty() : protectedOctets;
  }

  /** The unprotected map, encoded. */
  public Bytes unprotectedMap() {
    return unprotectedMap;
  }

  /**
   * The AEAD algorithm, from either map.
   *
   * @throws CoseException with NO_ALGORITHM or UNKNOWN_ALGORITHM
   */
  public AeadAlgorithm algorithm() throws CoseException {
    return CoseAlgorithms.aead(algorithmId())
        .orElseThrow(() -> new CoseException(Reason.UNKNOWN_ALGORITHM));
  }

  /**
   * The algorithm's identifier, from either map.
   *
   * @throws CoseException with NO_ALGORITHM, or UNKNOWN_ALGORITHM when it is named by a text
   */
  public long algorithmId() throws CoseException {
    if (!read.hasAlgorithm()) {
      throw new CoseException(Reason.NO_ALGORITHM);
    }
    return read.algorithm().orElseThrow(() -> new CoseException(Reason.UNKNOWN_ALGORITHM));
  }

  /** The key identifier, from either map. */
  public Optional<Bytes> kid() {
    return read.octets(KID);
  }

  /** The initialization vector, from either map; never together with a Partial IV. */
  public Optional<Bytes> iv() {
    return read.octets(IV);
  }

  /** The part of an initialization vector that changes, from either map. */
  public Optional<Bytes> partialIv() {
    return read.octets(PARTIAL_IV);
  }

  /** The context of the key identifier (RFC 8613, Section 5.1), from either map. */
  public Optional<Bytes> kidContext() {
    return read.octets(KID_CONTEXT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CoseHeaders that
        && protectedOctets.equals(that.protectedOctets)
        && unprotectedMap.equals(that.unprotectedMap);
  }

  @Override
  public int hashCode() {
    return 31 * protectedOctets.hashCode() + unprotectedMap.hashCode();
  }

  @Override
  public String toString() {
    return "CoseHeaders[protected=" + protectedOctets + ", unprotected=" + unprotectedMap + "]";
  }

  /** Collects parameters: the algorithm protected, all others not. */
  public static final class Builder {
    private final Map<Integer, Bytes> unprotected = new HashMap<>();
    private Bytes protectedOctets = Bytes.empty();

    private Builder() {}

    /** Sets the algorithm, protected (RFC 9052, Section 3.1). */
    @CanIgnoreReturnValue
    public Builder algorithm(AeadAlgorithm algorithm) {
      return algorithm(CoseAlgorithms.idOf(algorithm));
    }

    /** Sets the algorithm, protected (RFC 9052, Section 3.1). */
    @CanIgnoreReturnValue
    public Builder algorithm(SignatureAlgorithm algorithm) {
      return algorithm(CoseAlgorithms.idOf(algorithm));
    }

    @CanIgnoreReturnValue
    private Builder algorithm(int id) {
      protectedOctets =
          new CborWriter().map(map -> map.put(ALG, item -> item.integer(id))).toBytes();
      return this;
    }

    /** Sets the key identifier. */
    @CanIgnoreReturnValue
    public Builder kid(Bytes kid) {
      return unprotected(KID, kid);
    }

    /** Sets the initialization vector. */
    @CanIgnoreReturnValue
    public Builder iv(Bytes iv) {
      return unprotected(IV, iv);
    }

    /** Sets the part of an initialization vector that changes. */
    @CanIgnoreReturnValue
    public Builder partialIv(Bytes partialIv) {
      return unprotected(PARTIAL_IV, partialIv);
    }

    /** Sets the context of the key identifier (RFC 8613, Section 5.1). */
    @CanIgnoreReturnValue
    public Builder kidContext(Bytes kidContext) {
      return unprotected(KID_CONTEXT, kidContext);
    }

    /**
     * The headers.
     *
     * @throws IllegalArgumentException when there are both an IV and a Partial IV
     */
    public CoseHeaders build() {
      Bytes map = new CborWriter().map(this::writeUnprotected).toBytes();
      try {
        return decode(protectedOctets, map);
      } catch (CoseException refused) {
        throw new IllegalArgumentException(refused.getMessage(), refused);
      }
    }

    @CanIgnoreReturnValue
    private Builder unprotected(int label, Bytes value) {
      unprotected.put(label, value);
      return this;
    }

    private void writeUnprotected(CborMapWriter map) {
      unprotected.forEach((label, value) -> map.put(label, item -> item.bytes(value)));
    }
  }
}
