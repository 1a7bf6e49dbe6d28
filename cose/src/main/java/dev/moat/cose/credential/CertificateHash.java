package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import java.util.Optional;

/**
 * A COSE_CertHash: how x5t and c5t name a certificate (RFC 9360, Section 2).
 *
 * @param algorithm the hash by its COSE identifier (RFC 9054): -15 is SHA-256 cut to 64 bits, -16
 *     SHA-256, -43 SHA-384, -44 SHA-512; 0 when it is named by a text, which no hash of ours is
 * @param hash the hash of the encoded certificate
 */
public record CertificateHash(long algorithm, Bytes hash) {
  /** SHA-256, cut to its first 8 octets (RFC 9054, Section 3.2). */
  public static final int SHA_256_64 = -15;

  /** SHA-256. */
  public static final int SHA_256 = -16;

  /** SHA-384. */
  public static final int SHA_384 = -43;

  /** SHA-512. */
  public static final int SHA_512 = -44;

  private static final int TRUNCATED_OCTETS = 8;

  /**
   * The hash of a certificate.
   *
   * @throws IllegalArgumentException when Moat does not have the algorithm
   */
  public static CertificateHash of(Crypto crypto, long algorithm, Bytes certificate) {
    return compute(crypto, algorithm, certificate)
        .map(hash -> new CertificateHash(algorithm, hash))
        .orElseThrow(() -> new IllegalArgumentException("no hash has the number " + algorithm));
  }

  /** True when this is the hash of a certificate; false also when the algorithm is unknown. */
  public boolean matches(Crypto crypto, Bytes certificate) {
    return compute(crypto, algorithm, certificate).map(hash::equals).orElse(false);
  }

  private static Optional<Bytes> compute(Crypto crypto, long algorithm, Bytes certificate) {
    if (algorithm < SHA_512 || algorithm > SHA_256_64) {
      return Optional.empty();
    }
    return switch ((int) algorithm) {
      case SHA_256_64 ->
          Optional.of(
              crypto.hash(HashAlgorithm.SHA_256, certificate).slice(0, TRUNCATED_OCTETS).compact());
      case SHA_256 -> Optional.of(crypto.hash(HashAlgorithm.SHA_256, certificate));
      case SHA_384 -> Optional.of(crypto.hash(HashAlgorithm.SHA_384, certificate));
      case SHA_512 -> Optional.of(crypto.hash(HashAlgorithm.SHA_512, certificate));
      default -> Optional.empty();
    };
  }
}
