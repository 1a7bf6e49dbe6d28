package dev.moat.edhoc.auth;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.SigningKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;

/**
 * An own credential with its private key. May be shared among sessions and threads; who made the
 * key closes it.
 */
public sealed interface Identity {
  /** How the peer is to find the credential: ID_CRED_x. */
  IdCred idCred();

  /** CRED_x. */
  Credential credential();

  /** How this identity authenticates. */
  AuthenticationKind kind();

  /** True when the key is one for {@code kind} with the algorithms of {@code suite}. */
  boolean fits(AuthenticationKind kind, CipherSuite suite);

  /**
   * Signs.
   *
   * @throws IllegalArgumentException when the credential is for another key
   */
  static Identity signing(IdCred idCred, Credential credential, SigningKey key) {
    return new Signing(idCred, credential, key);
  }

  /**
   * Authenticates with a static Diffie-Hellman key.
   *
   * @throws IllegalArgumentException when the credential is for another key
   */
  static Identity staticDh(IdCred idCred, Credential credential, DhPrivateKey key) {
    return new StaticDh(idCred, credential, key);
  }

  /** True when {@code other} is this identity's credential, or another one of the same key. */
  default boolean isOf(Credential other) {
    return other.equals(credential()) || other.key().sameKey(credential().key());
  }

  /**
   * Refuses a peer with this identity's own key: a reflection (RFC 9528, Appendix D.2).
   *
   * @throws EdhocException with OWN_CREDENTIAL
   */
  default void requireOther(Credential peer) throws EdhocException {
    if (isOf(peer)) {
      throw new EdhocException(Reason.OWN_CREDENTIAL);
    }
  }

  private static Bytes forSignature(Credential credential) {
    try {
      return credential.key().forSignature();
    } catch (CoseException noSignatureKey) {
      throw new IllegalArgumentException(
          "the credential has no key for signatures", noSignatureKey);
    }
  }

  private static void requireSame(Bytes own, Bytes inCredential) {
    if (!own.equals(inCredential)) {
      throw new IllegalArgumentException("the credential is for another key");
    }
  }

  /**
   * An identity that signs.
   *
   * @param idCred ID_CRED_x
   * @param credential CRED_x
   * @param key the private key of the credential
   */
  record Signing(IdCred idCred, Credential credential, SigningKey key) implements Identity {
    /** Checks that key and credential belong together. */
    public Signing {
      requireSame(key.publicKey(), forSignature(credential));
    }

    @Override
    public AuthenticationKind kind() {
      return AuthenticationKind.SIGNATURE;
    }

    @Override
    public boolean fits(AuthenticationKind kind, CipherSuite suite) {
      return kind == kind() && key.algorithm() == suite.signature();
    }

    @Override
    public String toString() {
      return "Identity[" + idCred + ", signs]";
    }
  }

  /**
   * An identity with a static Diffie-Hellman key.
   *
   * @param idCred ID_CRED_x
   * @param credential CRED_x
   * @param key the private key of the credential
   */
  record StaticDh(IdCred idCred, Credential credential, DhPrivateKey key) implements Identity {
    /** Checks that key and credential belong together. */
    public StaticDh {
      requireSame(key.publicKey(), credential.key().x());
    }

    @Override
    public AuthenticationKind kind() {
      return AuthenticationKind.STATIC_DH;
    }

    @Override
    public boolean fits(AuthenticationKind kind, CipherSuite suite) {
      return kind == kind() && key.curve() == suite.curve();
    }

    @Override
    public String toString() {
      return "Identity[" + idCred + ", static Diffie-Hellman]";
    }
  }
}
