package dev.moat.radio.sizes;

/**
 * The messages of EDHOC (RFC 9528, section 5) without external authorization data.
 *
 * @param method 0 to 3 (section 3.2): who signs and who uses static Diffie-Hellman
 * @param suite the selected cipher suite's sizes
 * @param suitesOctets SUITES_I as sent: 1 for a single suite
 * @param initiator what the Initiator brings
 * @param responder what the Responder brings
 */
public record EdhocSizes(
    int method, SuiteSizes suite, int suitesOctets, Side initiator, Side responder) {
  private static final int METHOD_OCTETS = 1;

  /**
   * Checks the method.
   *
   * @throws IllegalArgumentException when it is not 0 to 3
   */
  public EdhocSizes {
    if (method < 0 || method > 3) {
      throw new IllegalArgumentException("method " + method + " is not one of 0 to 3");
    }
  }

  /** METHOD, SUITES_I, G_X and C_I. */
  public int message1() {
    return METHOD_OCTETS
        + suitesOctets
        + CborSize.string(suite.share())
        + initiator.connectionIdOctets();
  }

  /** G_Y and the ciphertext of C_R, ID_CRED_R and Signature_or_MAC_2, in one string. */
  public int message2() {
    return CborSize.string(
        suite.share()
            + responder.connectionIdOctets()
            + responder.idCred().octets()
            + proof(method == 0 || method == 2));
  }

  /** The ciphertext of ID_CRED_I and Signature_or_MAC_3, and the tag, in one string. */
  public int message3() {
    return CborSize.string(
        initiator.idCred().octets() + proof(method == 0 || method == 1) + suite.tag());
  }

  /** The tag alone, in a string. */
  public int message4() {
    return CborSize.string(suite.tag());
  }

  /** Messages 1 to 3. */
  public int total() {
    return message1() + message2() + message3();
  }

  private int proof(boolean signs) {
    return CborSize.string(signs ? suite.signature() : suite.mac());
  }

  /**
   * What a peer brings.
   *
   * @param connectionIdOctets its C_x as encoded: 1 for a one-octet integer
   * @param idCred its credential's reference
   */
  public record Side(int connectionIdOctets, CredentialReference idCred) {}
}
