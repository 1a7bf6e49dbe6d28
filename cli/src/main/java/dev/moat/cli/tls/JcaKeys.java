package dev.moat.cli.tls;

import dev.moat.bytes.Bytes;
import dev.moat.cli.keys.KeyFormatException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Keys of files as the JDK's, for certificates of any algorithm that it has. */
final class JcaKeys {
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final byte[] SAMPLE = {'m', 'o', 'a', 't'};

  private JcaKeys() {}

  /**
   * A private key in a PEM block with this label (RFC 5958, RFC 5915, RFC 8017).
   *
   * @throws KeyFormatException when it is none
   */
  static PrivateKey privateKey(String label, Bytes der) throws KeyFormatException {
    byte[] encoded = null;
    try {
      encoded =
          switch (label) {
            case "EC PRIVATE KEY" -> ofEc(der.toArray());
            case "RSA PRIVATE KEY" -> ofRsa(der.toArray());
            default -> der.toArray();
          };
      return privateKey(encoded);
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException malformed) {
      // The parser takes what it finds for what it wants, and says so in all of these ways.
      throw unusable("private key");
    } finally {
      if (encoded != null) {
        Arrays.fill(encoded, (byte) 0);
      }
    }
  }

  private static byte[] ofEc(byte[] der) throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(der);
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
    return new PrivateKeyInfo(algorithm, key).getEncoded();
  }

  private static byte[] ofRsa(byte[] der) throws IOException {
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(algorithm, RSAPrivateKey.getInstance(der)).getEncoded();
  }

  private static PrivateKey privateKey(byte[] pkcs8) throws KeyFormatException {
    return any(factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)))
        .orElseThrow(() -> unusable("private key"));
  }

  /**
   * A public key as SubjectPublicKeyInfo.
   *
   * @throws KeyFormatException when it is none
   */
  static PublicKey publicKey(Bytes der) throws KeyFormatException {
    byte[] encoded = der.toArray();
    return any(factory -> factory.generatePublic(new X509EncodedKeySpec(encoded)))
        .orElseThrow(() -> unusable("public key"));
  }

  /** Of which algorithm a key is, is found out by trying. */
  private static <K> Optional<K> any(Reading<K> reading) {
    return ALGORITHMS.stream().flatMap(name -> find(name, reading).stream()).findFirst();
  }

  private static <K> Optional<K> find(String algorithm, Reading<K> reading) {
    try {
      return Optional.of(reading.by(KeyFactory.getInstance(algorithm)));
    } catch (GeneralSecurityException ofAnotherAlgorithm) {
      return Optional.empty();
    }
  }

  /** True when what {@code secret} signs, {@code open} verifies. */
  static boolean belong(PrivateKey secret, PublicKey open) {
    try {
      Signature signature = Signature.getInstance(signatureOf(secret));
      signature.initSign(secret);
      signature.update(SAMPLE);
      byte[] made = signature.sign();
      signature.initVerify(open);
      signature.update(SAMPLE);
      return signature.verify(made);
    } catch (GeneralSecurityException ofAnotherAlgorithm) {
      return false;
    }
  }

  private static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> "EdDSA";
    };
  }

  private static KeyFormatException unusable(String what) {
    return new KeyFormatException(
        "has no " + what + " that can be used here",
        "Keys are EC (P-256, P-384, P-521), RSA or Ed25519 and Ed448, without a password.");
  }

  /** Reads a key of one algorithm. */
  private interface Reading<K> {
    K by(KeyFactory factory) throws GeneralSecurityException;
  }
}
