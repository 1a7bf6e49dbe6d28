package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * How a curve's keys are handed to the JDK: SubjectPublicKeyInfo (RFC 5280, RFC 8410, RFC 5480) and
 * PrivateKeyInfo (RFC 5958) have a fixed part, and the key's octets behind it. Key factories are
 * looked up once; the JDK's keep no state.
 */
final class JdkKeyForm {
  static final JdkKeyForm P_256 =
      new JdkKeyForm(
          "EC",
          "3059301306072a8648ce3d020106082a8648ce3d03010703420004",
          "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420");
  static final JdkKeyForm P_384 =
      new JdkKeyForm(
          "EC",
          "3076301006072a8648ce3d020106052b8104002203620004",
          "304e020100301006072a8648ce3d020106052b81040022043730350201010430");
  static final JdkKeyForm X25519 =
      new JdkKeyForm("XDH", "302a300506032b656e032100", "302e020100300506032b656e04220420");
  static final JdkKeyForm X448 =
      new JdkKeyForm("XDH", "3042300506032b656f033900", "3046020100300506032b656f043a0438");
  static final JdkKeyForm ED25519 =
      new JdkKeyForm("EdDSA", "302a300506032b6570032100", "302e020100300506032b657004220420");

  private final KeyFactory factory;
  private final Bytes publicPrefix;
  private final byte[] privatePrefix;

  private JdkKeyForm(String factory, String publicPrefix, String privatePrefix) {
    try {
      this.factory = KeyFactory.getInstance(factory, JdkCurves.PROVIDER);
    } catch (GeneralSecurityException missing) {
      throw JdkCiphers.broken(missing);
    }
    this.publicPrefix = Bytes.hex(publicPrefix);
    this.privatePrefix = Bytes.hex(privatePrefix).toArray();
  }

  static JdkKeyForm of(DhCurve curve) {
    return switch (curve) {
      case P_256 -> P_256;
      case P_384 -> P_384;
      case X25519 -> X25519;
      case X448 -> X448;
    };
  }

  /** Name and version of the provider. */
  String provider() {
    return factory.getProvider().toString();
  }

  /** {@code point}: x and y behind each other, or the encoding of the curve. */
  PublicKey publicKey(Bytes point) {
    try {
      return factory.generatePublic(new X509EncodedKeySpec(publicPrefix.plus(point).toArray()));
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  /** Copies the octets, which were checked; the JDK's copy cannot be erased. */
  PrivateKey privateKey(SecretBytes key) {
    return key.use(this::privateKey);
  }

  private PrivateKey privateKey(byte[] key) {
    byte[] encoded = Arrays.copyOf(privatePrefix, privatePrefix.length + key.length);
    System.arraycopy(key, 0, encoded, privatePrefix.length, key.length);
    try {
      return factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }
}
