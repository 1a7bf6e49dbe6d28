package dev.moat.radio.sizes;

import java.util.Arrays;

/**
 * How a peer's credential is named or carried: an ID_CRED_x as the plaintext of message_2 or
 * message_3 has it (RFC 9528, section 3.5.3.2).
 *
 * @param octets the encoded size
 */
public record CredentialReference(int octets) {
  private static final int KCCS = 14;
  private static final int C5T = 22;
  private static final int X5CHAIN = 33;
  private static final int X5T = 34;
  private static final int X5U = 35;
  private static final int KID = 4;
  private static final int MAP_OF_ONE = 1;
  private static final int ARRAY_HEAD = 1;
  private static final int URI_TAG = 32;

  /** COSE's number for SHA-256 cut to 64 bits (RFC 9054). */
  private static final int SHA_256_64 = -15;

  /** COSE's number for SHA-256. */
  private static final int SHA_256 = -16;

  /** A kid of one octet that is also a CBOR integer of one octet, and so is sent as it is. */
  public static CredentialReference shortKid() {
    return new CredentialReference(1);
  }

  /** Another kid, sent as a byte string without its map. */
  public static CredentialReference kid(int kidOctets) {
    return new CredentialReference(CborSize.string(kidOctets));
  }

  /** A kid as the ID_CRED_x map that is hashed, never sent: {@code {4: h'..'}}. */
  public static CredentialReference kidMap(int kidOctets) {
    return labelled(KID, CborSize.string(kidOctets));
  }

  /** An X.509 certificate by SHA-256 of which 64 bits are left. */
  public static CredentialReference x5tShort() {
    return labelled(X5T, thumbprint(SHA_256_64, 8));
  }

  /** An X.509 certificate by a whole SHA-256. */
  public static CredentialReference x5t() {
    return labelled(X5T, thumbprint(SHA_256, 32));
  }

  /** A C509 certificate by SHA-256 of which 64 bits are left. */
  public static CredentialReference c5tShort() {
    return labelled(C5T, thumbprint(SHA_256_64, 8));
  }

  /** An X.509 certificate by a URI, tagged as one. */
  public static CredentialReference x5u(int uriOctets) {
    return labelled(X5U, CborSize.head(URI_TAG) + CborSize.string(uriOctets));
  }

  /** A CWT Claims Set by value. */
  public static CredentialReference kccs(int claimsOctets) {
    return labelled(KCCS, claimsOctets);
  }

  /** X.509 certificates by value, those of a chain in order; one alone needs no array. */
  public static CredentialReference x5chain(int... certificateOctets) {
    int certificates = Arrays.stream(certificateOctets).map(CborSize::string).sum();
    return labelled(
        X5CHAIN, certificateOctets.length == 1 ? certificates : ARRAY_HEAD + certificates);
  }

  private static int thumbprint(int algorithm, int hashOctets) {
    return ARRAY_HEAD + CborSize.integer(algorithm) + CborSize.string(hashOctets);
  }

  private static CredentialReference labelled(int label, int valueOctets) {
    return new CredentialReference(MAP_OF_ONE + CborSize.integer(label) + valueOctets);
  }
}
