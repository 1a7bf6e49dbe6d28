package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import dev.moat.pki.maker.KeyEncoding;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.BigIntegers;

/** Reads keys in DER: PKCS #8 (RFC 5958), SEC 1 (RFC 5915) and SubjectPublicKeyInfo (RFC 5280). */
final class DerKeys {
  private DerKeys() {}

  /**
   * Reads PrivateKeyInfo.
   *
   * @throws KeyFormatException when it is none of a supported curve
   */
  static StoredKey readPrivate(Bytes der, Curves curves) throws KeyFormatException {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(der.toArray());
      KeyCurve curve = curve(info.getPrivateKeyAlgorithm());
      ASN1Encodable inner = info.parsePrivateKey();
      return curve.hasTwoCoordinates()
          ? pair(curve, ECPrivateKey.getInstance(inner).getKey(), curves)
          : pair(curve, ASN1OctetString.getInstance(inner).getOctets(), curves);
    } catch (IllegalArgumentException | IOException e) {
      throw notDer("private key");
    }
  }

  /**
   * Reads ECPrivateKey with its curve in it, as {@code openssl ecparam -genkey} writes it.
   *
   * @throws KeyFormatException when it is none of a supported curve
   */
  static StoredKey readEc(Bytes der, Curves curves) throws KeyFormatException {
    try {
      ECPrivateKey key = ECPrivateKey.getInstance(der.toArray());
      return pair(curve(KeyEncoding.ecAlgorithm(key.getParametersObject())), key.getKey(), curves);
    } catch (IllegalArgumentException e) {
      throw notDer("private key");
    }
  }

  private static StoredKey pair(KeyCurve curve, BigInteger d, Curves curves)
      throws KeyFormatException {
    if (d.bitLength() > curve.octets() * 8) {
      throw notDer("private key");
    }
    return pair(curve, BigIntegers.asUnsignedByteArray(curve.octets(), d), curves);
  }

  private static StoredKey pair(KeyCurve curve, byte[] octets, Curves curves)
      throws KeyFormatException {
    try (SecretBytes d = SecretBytes.copyOf(octets)) {
      return new StoredKey.Pair(PrivateKey.of(curve, d, curves));
    } catch (CoseException e) {
      throw new KeyFormatException(
          "is no private key of " + CurveNames.of(curve) + ": " + e.getMessage(),
          "Make another key.");
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * Reads SubjectPublicKeyInfo.
   *
   * @throws KeyFormatException when it is none of a supported curve
   */
  static StoredKey readPublic(Bytes der) throws KeyFormatException {
    try {
      return open(SubjectPublicKeyInfo.getInstance(der.toArray()));
    } catch (IllegalArgumentException e) {
      throw notDer("public key");
    }
  }

  /**
   * The public key of a certificate.
   *
   * @throws KeyFormatException when it is none of a supported curve
   */
  static StoredKey readCertificate(Bytes der) throws KeyFormatException {
    try {
      return open(Certificate.getInstance(der.toArray()).getSubjectPublicKeyInfo());
    } catch (IllegalArgumentException e) {
      throw notDer("certificate");
    }
  }

  private static StoredKey open(SubjectPublicKeyInfo info) throws KeyFormatException {
    KeyCurve curve = curve(info.getAlgorithm());
    try {
      Bytes octets = Bytes.copyOf(info.getPublicKeyData().getOctets());
      return new StoredKey.Public(PublicKey.ofPoint(curve, octets));
    } catch (CoseException e) {
      throw new KeyFormatException(
          "is no public key of " + CurveNames.of(curve) + ": " + e.getMessage(),
          "Check where it comes from.");
    }
  }

  private static KeyCurve curve(AlgorithmIdentifier algorithm) throws KeyFormatException {
    return KeyEncoding.curve(algorithm)
        .orElseThrow(
            () ->
                new KeyFormatException(
                    "has a key of an algorithm that EDHOC's suites do not have",
                    "Use one of these curves: " + CurveNames.all() + "."));
  }

  private static KeyFormatException notDer(String what) {
    return new KeyFormatException("has no " + what + " in DER", "Is the file complete?");
  }
}
