package dev.moat.radio.sizes;

/**
 * The messages of EDHOC authenticated by a pre-shared key (draft-ietf-lake-edhoc-psk, method 4)
 * without external authorization data. The credential is named in message_3, encrypted twice: the
 * inner ciphertext holds nothing but its tag.
 *
 * @param suite the selected cipher suite's sizes
 * @param connectionIdOctets C_I and C_R as encoded, each
 * @param idCred the reference to the pre-shared key
 */
public record EdhocPskSizes(SuiteSizes suite, int connectionIdOctets, CredentialReference idCred) {
  private static final int METHOD_AND_SUITE_OCTETS = 2;

  /** METHOD, one suite, G_X and C_I. */
  public int message1() {
    return METHOD_AND_SUITE_OCTETS + CborSize.string(suite.share()) + connectionIdOctets;
  }

  /** G_Y and the ciphertext of C_R, in one string. */
  public int message2() {
    return CborSize.string(suite.share() + connectionIdOctets);
  }

  /** The ciphertext of ID_CRED_PSK and of the inner ciphertext, in one string. */
  public int message3() {
    return CborSize.string(idCred.octets() + CborSize.string(suite.tag()));
  }

  /** The tag alone, in a string. */
  public int message4() {
    return CborSize.string(suite.tag());
  }
}
