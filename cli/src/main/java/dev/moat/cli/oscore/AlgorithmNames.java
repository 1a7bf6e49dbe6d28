package dev.moat.cli.oscore;

import dev.moat.cose.CoseAlgorithms;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Algorithms by the names and numbers of the COSE Algorithms registry. */
final class AlgorithmNames {
  private AlgorithmNames() {}

  /** The registered name. */
  static String of(AeadAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_GCM_128 -> "A128GCM";
      case AES_GCM_192 -> "A192GCM";
      case AES_GCM_256 -> "A256GCM";
      case CHACHA20_POLY1305 -> "ChaCha20/Poly1305";
      default -> algorithm.name().replace('_', '-');
    };
  }

  /** The name that RFC 8613 uses, such as {@code HKDF SHA-256}. */
  static String of(HashAlgorithm hash) {
    return "HKDF " + hash.name().replace('_', '-');
  }

  /** The AEAD algorithm of a name or a number. */
  static Optional<AeadAlgorithm> aead(String argument) {
    if (isNumber(argument)) {
      return CoseAlgorithms.aead(Long.parseLong(argument));
    }
    return Arrays.stream(AeadAlgorithm.values())
        .filter(algorithm -> of(algorithm).equals(argument))
        .findFirst();
  }

  /**
   * The hash of HKDF. Numbers and names are those of the key derivation (RFC 9053, Section 6.1.2),
   * as libcoap has them today, and those of HMAC (RFC 9053, Section 3.1), as it had them before and
   * as RFC 9203 has them.
   */
  static Optional<HashAlgorithm> hkdf(String argument) {
    return switch (argument) {
      case "-10", "5", "direct+HKDF-SHA-256", "HMAC 256/256", "HKDF SHA-256", "sha256" ->
          Optional.of(HashAlgorithm.SHA_256);
      case "6", "HMAC 384/384", "HKDF SHA-384", "sha384" -> Optional.of(HashAlgorithm.SHA_384);
      case "-11", "7", "direct+HKDF-SHA-512", "HMAC 512/512", "HKDF SHA-512", "sha512" ->
          Optional.of(HashAlgorithm.SHA_512);
      default -> Optional.empty();
    };
  }

  /** The numbers and names of all AEAD algorithms, for messages. */
  static String aeadChoices() {
    return Arrays.stream(AeadAlgorithm.values())
        .map(algorithm -> CoseAlgorithms.idOf(algorithm) + " (" + of(algorithm) + ")")
        .collect(Collectors.joining(", "));
  }

  /** The choices for HKDF, for messages. */
  static String hkdfChoices() {
    return "-10 (direct+HKDF-SHA-256), -11 (direct+HKDF-SHA-512), 5, 6 and 7 (HMAC 256/256,"
        + " 384/384 and 512/512)";
  }

  private static boolean isNumber(String argument) {
    return argument.matches("-?[0-9]{1,9}");
  }
}
