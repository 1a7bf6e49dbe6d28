package dev.moat.edhoc.suite;

import dev.moat.cose.CoseAlgorithms;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.List;

/**
 * An ordered set of algorithms with a number (RFC 9528, Section 3.6). Immutable.
 *
 * @param value the number in SUITES_I
 * @param aead the EDHOC AEAD algorithm
 * @param hash the EDHOC hash algorithm
 * @param macOctets the EDHOC MAC length with static Diffie-Hellman, at least 8 octets
 * @param curve the key exchange algorithm
 * @param signature the signature algorithm, with its curve
 * @param applicationAead the AEAD algorithm for the application, such as OSCORE
 * @param applicationHash the hash algorithm for the application
 */
public record CipherSuite(
    int value,
    AeadAlgorithm aead,
    EdhocHash hash,
    int macOctets,
    DhCurve curve,
    SignatureAlgorithm signature,
    AeadAlgorithm applicationAead,
    EdhocHash applicationHash) {

  /**
   * Checks the MAC length.
   *
   * @throws IllegalArgumentException when it is below 8 octets or above the hash's length
   */
  public CipherSuite {
    if (macOctets < 8 || macOctets > hash.octets()) {
      throw new IllegalArgumentException("a MAC has 8 octets or more, not " + macOctets);
    }
  }

  /** Length of Signature_or_MAC in octets (Sections 5.3.2 and 5.4.2). */
  public int signatureOrMacOctets(AuthenticationKind kind) {
    return switch (kind) {
      case SIGNATURE -> signature.signatureOctets();
      case STATIC_DH -> macOctets;
      case PSK -> 0;
    };
  }

  /** mac_length of MAC_2 or MAC_3 in octets (Sections 5.3.2 and 5.4.2). */
  public int macOctets(AuthenticationKind kind) {
    return kind == AuthenticationKind.SIGNATURE ? hash.octets() : macOctets;
  }

  /** The algorithms by their numbers in COSE's registries, as the suite is registered (10.2). */
  public List<Integer> array() {
    return List.of(
        CoseAlgorithms.idOf(aead),
        hash.id(),
        macOctets,
        idOf(curve),
        idOf(signature),
        CoseAlgorithms.idOf(applicationAead),
        applicationHash.id());
  }

  private static int idOf(DhCurve curve) {
    return switch (curve) {
      case P_256 -> 1;
      case P_384 -> 2;
      case X25519 -> 4;
      case X448 -> 5;
    };
  }

  private static int idOf(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> -7;
      case ES384 -> -35;
      case ED25519, ED448 -> -8;
    };
  }
}
