package dev.moat.edhoc.auth;

import dev.moat.cose.credential.Credential;
import dev.moat.crypto.Curves;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;

/**
 * One way of authentication with the algorithms of one suite: all that methods 0 to 3 differ in.
 * May be shared among threads.
 */
public sealed interface Authenticator permits SignatureAuthenticator, StaticDhAuthenticator {
  /**
   * The way of {@code kind}.
   *
   * @throws IllegalArgumentException with a pre-shared key, which has a protocol of its own
   */
  static Authenticator of(AuthenticationKind kind, CipherSuite suite, Curves curves) {
    return switch (kind) {
      case SIGNATURE -> new SignatureAuthenticator(suite, curves);
      case STATIC_DH -> new StaticDhAuthenticator(suite, curves);
      case PSK -> throw new IllegalArgumentException("a pre-shared key makes no Signature_or_MAC");
    };
  }

  /** Length of MAC_2 or MAC_3 in octets (RFC 9528, Sections 5.3.2 and 5.4.2). */
  int macOctets();

  /**
   * Proves an own identity.
   *
   * @throws IllegalArgumentException when its key does not fit
   */
  Prover prover(Identity own);

  /**
   * Verifies a peer who claims {@code credential}.
   *
   * @throws EdhocException with UNSUITABLE_KEY when its key does not fit method and suite, or its
   *     issuer or owner permits it for other uses only (RFC 9528, Section 3.5.1; RFC 5280, Section
   *     4.2.1.3; RFC 9052, Section 7.1)
   */
  Verifier verifier(Credential credential) throws EdhocException;
}
