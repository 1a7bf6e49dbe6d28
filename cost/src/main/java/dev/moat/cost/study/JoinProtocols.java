package dev.moat.cost.study;

/** By what the nodes of a simulated network join. */
public final class JoinProtocols {
  /** The join request alone, with a key that is there already (RFC 9031). */
  public static final String COJP = "join request alone (shared key)";

  /** EDHOC method 3 with kid, as measured, and the join request combined with message_3. */
  public static final String EDHOC = "EDHOC method 3, kid";

  /** EDHOC method 0 with certificates by reference, as measured. */
  public static final String EDHOC_SIGNATURES = "EDHOC method 0, x5t";

  private static final String DTLS = "DTLS 1.3 ";

  /** DTLS 1.3 with a shared key and ephemeral Diffie-Hellman, as published. */
  public static final String DTLS_PSK = DTLS + "PSK, ECDHE (published)";

  /** DTLS 1.3 with raw public keys, as published. */
  public static final String DTLS_RPK = DTLS + "RPK, ECDHE (published)";

  private JoinProtocols() {}

  /** True for those of DTLS. */
  public static boolean isDtls(String protocol) {
    return protocol.startsWith(DTLS);
  }
}
