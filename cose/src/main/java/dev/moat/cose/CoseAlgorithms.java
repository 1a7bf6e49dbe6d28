package dev.moat.cose;

import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The COSE Algorithms registry (RFC 9053, Sections 3 and 4), as far as Moat has the algorithms: by
 * identifier, by name, and by the names that other implementations write into their files.
 */
public final class CoseAlgorithms {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");

  private CoseAlgorithms() {}

  /** The identifier of an AEAD algorithm. */
  public static int idOf(AeadAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_GCM_128 -> 1;
      case AES_GCM_192 -> 2;
      case AES_GCM_256 -> 3;
      case AES_CCM_16_64_128 -> 10;
      case AES_CCM_16_64_256 -> 11;
      case AES_CCM_64_64_128 -> 12;
      case AES_CCM_64_64_256 -> 13;
      case CHACHA20_POLY1305 -> 24;
      case AES_CCM_16_128_128 -> 30;
      case AES_CCM_16_128_256 -> 31;
      case AES_CCM_64_128_128 -> 32;
      case AES_CCM_64_128_256 -> 33;
    };
  }

  /** The registered name of an AEAD algorithm, such as {@code AES-CCM-16-64-128}. */
  public static String nameOf(AeadAlgorithm algorithm) {
    return namesOf(algorithm).get(0);
  }

  /** The AEAD algorithm of an identifier; empty for others. */
  public static Optional<AeadAlgorithm> aead(long id) {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      if (idOf(algorithm) == id) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The AEAD algorithm of a name in any case, or of an identifier in decimal; empty for others. */
  public static Optional<AeadAlgorithm> aead(String nameOrId) {
    if (NUMBER.matcher(nameOrId).matches()) {
      return aead(Integer.parseInt(nameOrId));
    }
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      if (contains(namesOf(algorithm), nameOrId)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /**
   * The identifier that stands for HKDF with this hash: that of HMAC with the full hash, as in the
   * {@code hkdf} of an OSCORE_Input_Material (RFC 9203, Section 3.2.1).
   */
  public static int idOf(HashAlgorithm hash) {
    return switch (hash) {
      case SHA_256 -> 5;
      case SHA_384 -> 6;
      case SHA_512 -> 7;
    };
  }

  /** The name of HKDF with this hash, such as {@code HKDF SHA-256} (RFC 9053, Section 5.1). */
  public static String nameOf(HashAlgorithm hash) {
    return namesOf(hash).get(0);
  }

  /**
   * The hash of an HKDF: by HMAC (5 to 7), by direct+HKDF (-10, -11; RFC 9053, Section 6.1.2) or by
   * the hash itself (-16, -43, -44; RFC 9054); empty for others.
   */
  public static Optional<HashAlgorithm> hkdf(long id) {
    if (id < -44 || id > 7) {
      return Optional.empty();
    }
    return switch ((int) id) {
      case 5, -10, -16 -> Optional.of(HashAlgorithm.SHA_256);
      case 6, -43 -> Optional.of(HashAlgorithm.SHA_384);
      case 7, -11, -44 -> Optional.of(HashAlgorithm.SHA_512);
      default -> Optional.empty();
    };
  }

  /** The hash of an HKDF by a name in any case, or by an identifier in decimal. */
  public static Optional<HashAlgorithm> hkdf(String nameOrId) {
    if (NUMBER.matcher(nameOrId).matches()) {
      return hkdf(Integer.parseInt(nameOrId));
    }
    for (HashAlgorithm hash : HashAlgorithm.values()) {
      if (contains(namesOf(hash), nameOrId)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  /** The identifier of a signature algorithm; EdDSA has one for both of its curves. */
  public static int idOf(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> -7;
      case ES384 -> -35;
      case ED25519, ED448 -> -8;
    };
  }

  /**
   * True when this identifier, or its fully-specified sibling (RFC 9864, Section 2), may stand for
   * signatures of this algorithm. ES256 and ES384 are taken with their own curves only.
   */
  public static boolean isIdOf(long id, SignatureAlgorithm algorithm) {
    return id == idOf(algorithm) || id == fullySpecified(algorithm);
  }

  /** True when some algorithm that Moat has may be meant. */
  static boolean isSignature(long id) {
    return Arrays.stream(SignatureAlgorithm.values()).anyMatch(known -> isIdOf(id, known));
  }

  private static int fullySpecified(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> -9;
      case ES384 -> -51;
      case ED25519 -> -19;
      case ED448 -> -53;
    };
  }

  /**
   * The registered name first, then those of other files. COSE's own examples write key and tag the
   * other way round: 16-128/64 is 16-64-128.
   */
  private static List<String> namesOf(AeadAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_GCM_128 -> List.of("A128GCM", "AES-GCM-128");
      case AES_GCM_192 -> List.of("A192GCM", "AES-GCM-192");
      case AES_GCM_256 -> List.of("A256GCM", "AES-GCM-256");
      case AES_CCM_16_64_128 -> List.of("AES-CCM-16-64-128", "AES-CCM-16-128/64");
      case AES_CCM_16_64_256 -> List.of("AES-CCM-16-64-256", "AES-CCM-16-256/64");
      case AES_CCM_64_64_128 -> List.of("AES-CCM-64-64-128", "AES-CCM-64-128/64");
      case AES_CCM_64_64_256 -> List.of("AES-CCM-64-64-256", "AES-CCM-64-256/64");
      case AES_CCM_16_128_128 -> List.of("AES-CCM-16-128-128", "AES-CCM-16-128/128");
      case AES_CCM_16_128_256 -> List.of("AES-CCM-16-128-256", "AES-CCM-16-256/128");
      case AES_CCM_64_128_128 -> List.of("AES-CCM-64-128-128", "AES-CCM-64-128/128");
      case AES_CCM_64_128_256 -> List.of("AES-CCM-64-128-256", "AES-CCM-64-256/128");
      case CHACHA20_POLY1305 ->
          List.of("ChaCha20/Poly1305", "ChaCha20-Poly1305", "ChaCha-Poly1305");
    };
  }

  private static List<String> namesOf(HashAlgorithm hash) {
    int bits = 8 * hash.octets();
    return List.of(
        "HKDF SHA-" + bits,
        "HKDF-SHA-" + bits,
        "direct+HKDF-SHA-" + bits,
        "HMAC " + bits + "/" + bits,
        "SHA-" + bits,
        "sha" + bits);
  }

  private static boolean contains(List<String> names, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(known -> known.toLowerCase(Locale.ROOT).equals(wanted));
  }
}
