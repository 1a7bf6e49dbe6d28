package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Keys in DER: PKCS #8 (RFC 5958), SEC 1 (RFC 5915) and SubjectPublicKeyInfo (RFC 5280). */
final class DerKeys {
  private static final ASN1ObjectIdentifier EC = new ASN1ObjectIdentifier("1.2.840.10045.2.1");

  private DerKeys() {}

  /** PrivateKeyInfo. */
  static Bytes privateKey(PrivateKey key) {
    return key.d().use(d -> Bytes.owned(der(info(key.publicKey(), d))));
  }

  private static ASN1Object info(PublicKey open, byte[] d) {
    try {
      if (!open.curve().hasTwoCoordinates()) {
        return new PrivateKeyInfo(algorithm(open.curve()), new DEROctetString(d));
      }
      return new PrivateKeyInfo(algorithm(open.curve()), ec(open, d, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ECPrivateKey ec(PublicKey open, byte[] d, @Nullable ASN1Encodable parameters) {
    return new ECPrivateKey(
        open.curve().octets() * 8,
        new BigInteger(1, d),
        new DERBitString(point(open).toArray()),
        parameters);
  }

  /** ECPrivateKey with its curve in it, for curves with two coordinates. */
  static Bytes ecPrivateKey(PrivateKey key) {
    PublicKey open = key.publicKey();
    ASN1Encodable curve = algorithm(open.curve()).getParameters();
    return key.d().use(d -> Bytes.owned(der(ec(open, d, curve))));
  }

  /** SubjectPublicKeyInfo in DER. */
  static Bytes encoded(PublicKey key) {
    return Bytes.owned(der(publicKey(key)));
  }

  /** SubjectPublicKeyInfo. */
  static SubjectPublicKeyInfo publicKey(PublicKey key) {
    return new SubjectPublicKeyInfo(algorithm(key.curve()), point(key).toArray());
  }

  /** Of the two points that have this x, where y is not known, the one with the even y. */
  private static Bytes point(PublicKey key) {
    if (!key.curve().hasTwoCoordinates()) {
      return key.x();
    }
    return key.y()
        .map(y -> Bytes.of(4).plus(key.x()).plus(y))
        .orElseGet(() -> Bytes.of(2).plus(key.x()));
  }

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
      return pair(
          curve(new AlgorithmIdentifier(EC, key.getParametersObject())), key.getKey(), curves);
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

  private static AlgorithmIdentifier algorithm(KeyCurve curve) {
    ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier(oid(curve));
    return curve.hasTwoCoordinates()
        ? new AlgorithmIdentifier(EC, oid)
        : new AlgorithmIdentifier(oid);
  }

  private static KeyCurve curve(AlgorithmIdentifier algorithm) throws KeyFormatException {
    boolean ec = algorithm.getAlgorithm().equals(EC);
    String id = ec ? String.valueOf(algorithm.getParameters()) : algorithm.getAlgorithm().getId();
    for (KeyCurve curve : KeyCurve.values()) {
      if (curve.hasTwoCoordinates() == ec && oid(curve).equals(id)) {
        return curve;
      }
    }
    throw new KeyFormatException(
        "has a key of an algorithm that EDHOC's suites do not have",
        "Use one of these curves: " + CurveNames.all() + ".");
  }

  /** Object identifiers of RFC 5480 and RFC 8410. */
  private static String oid(KeyCurve curve) {
    return switch (curve) {
      case P_256 -> "1.2.840.10045.3.1.7";
      case P_384 -> "1.3.132.0.34";
      case X25519 -> "1.3.101.110";
      case X448 -> "1.3.101.111";
      case ED25519 -> "1.3.101.112";
      case ED448 -> "1.3.101.113";
    };
  }

  /** The DER of something that certainly has one. */
  static byte[] der(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyFormatException notDer(String what) {
    return new KeyFormatException("has no " + what + " in DER", "Is the file complete?");
  }
}
