package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.conscrypt.Conscrypt;

/**
 * Conscrypt's provider, which is registered nowhere, with its key factories, and how keys are
 * handed to it: a fixed part, and the key's octets behind it.
 */
final class BoringSsl {
  private final Provider provider;
  private final Map<String, KeyFactory> factories;

  private BoringSsl(Provider provider) throws GeneralSecurityException {
    this.provider = provider;
    this.factories =
        Map.of(
            "EC", KeyFactory.getInstance("EC", provider),
            "XDH", KeyFactory.getInstance("XDH", provider),
            "EdDSA", KeyFactory.getInstance("EdDSA", provider));
  }

  /**
   * A provider of its own.
   *
   * @throws IllegalStateException when this Conscrypt is too old to have all we ask of it
   */
  static BoringSsl load() {
    try {
      return new BoringSsl(Conscrypt.newProvider());
    } catch (GeneralSecurityException tooOld) {
      throw new IllegalStateException("a Conscrypt without Curve25519", tooOld);
    }
  }

  /**
   * A public key from its point.
   *
   * @throws InvalidKeySpecException when the point is not on the curve
   */
  PublicKey publicKey(Form form, Bytes point) throws InvalidKeySpecException {
    byte[] encoded = Bytes.hex(form.publicPrefix).plus(point).toArray();
    return factory(form).generatePublic(new X509EncodedKeySpec(encoded));
  }

  PrivateKey privateKey(Form form, SecretBytes key) {
    return key.use(octets -> privateKey(form, octets));
  }

  private PrivateKey privateKey(Form form, byte[] key) {
    byte[] prefix = Bytes.hex(form.privatePrefix).toArray();
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    try {
      return factory(form).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException impossible) {
      throw broken(impossible);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private KeyFactory factory(Form form) {
    KeyFactory factory = factories.get(form.factory);
    if (factory == null) {
      throw new IllegalStateException("no key factory for " + form);
    }
    return factory;
  }

  /**
   * The shared secret.
   *
   * @throws InvalidKeyException when it would be zero
   */
  byte[] agree(Form form, PrivateKey own, PublicKey peer) throws InvalidKeyException {
    try {
      KeyAgreement agreement =
          KeyAgreement.getInstance(form.factory.equals("EC") ? "ECDH" : "XDH", provider);
      agreement.init(own);
      var unused = agreement.doPhase(peer, true);
      return agreement.generateSecret();
    } catch (InvalidKeyException zero) {
      throw zero;
    } catch (GeneralSecurityException impossible) {
      throw broken(impossible);
    }
  }

  Signature signature(SignatureAlgorithm algorithm) {
    try {
      return Signature.getInstance(
          switch (algorithm) {
            case ES256 -> "SHA256withECDSA";
            case ES384 -> "SHA384withECDSA";
            case ED25519 -> "Ed25519";
            case ED448 -> throw new IllegalArgumentException("Conscrypt has no Ed448");
          },
          provider);
    } catch (GeneralSecurityException missing) {
      throw broken(missing);
    }
  }

  /** For what a correct library never does. */
  static IllegalStateException broken(GeneralSecurityException failure) {
    return new IllegalStateException("Conscrypt does not work", failure);
  }

  /** Curves: SubjectPublicKeyInfo with a compressed or a whole point, and PrivateKeyInfo. */
  enum Form {
    P_256(
        "EC",
        "3059301306072a8648ce3d020106082a8648ce3d03010703420004",
        "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"),
    P_256_COMPRESSED("EC", "3039301306072a8648ce3d020106082a8648ce3d03010703220002", ""),
    P_384(
        "EC",
        "3076301006072a8648ce3d020106052b8104002203620004",
        "304e020100301006072a8648ce3d020106052b81040022043730350201010430"),
    P_384_COMPRESSED("EC", "3046301006072a8648ce3d020106052b8104002203320002", ""),
    X25519("XDH", "302a300506032b656e032100", "302e020100300506032b656e04220420"),
    ED25519("EdDSA", "302a300506032b6570032100", "302e020100300506032b657004220420");

    private final String factory;
    private final String publicPrefix;
    private final String privatePrefix;

    Form(String factory, String publicPrefix, String privatePrefix) {
      this.factory = factory;
      this.publicPrefix = publicPrefix;
      this.privatePrefix = privatePrefix;
    }

    /** For private keys. */
    static Form of(DhCurve curve) {
      return switch (curve) {
        case P_256 -> P_256;
        case P_384 -> P_384;
        case X25519 -> X25519;
        case X448 -> throw new IllegalArgumentException("Conscrypt has no X448");
      };
    }

    /** For public keys that are one coordinate. */
    static Form ofCoordinate(DhCurve curve) {
      return switch (curve) {
        case P_256 -> P_256_COMPRESSED;
        case P_384 -> P_384_COMPRESSED;
        case X25519, X448 -> of(curve);
      };
    }

    static Form of(SignatureAlgorithm algorithm) {
      return switch (algorithm) {
        case ES256 -> P_256;
        case ES384 -> P_384;
        case ED25519 -> ED25519;
        case ED448 -> throw new IllegalArgumentException("Conscrypt has no Ed448");
      };
    }
  }
}
