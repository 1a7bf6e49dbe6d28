package dev.moat.pki.maker;

import dev.moat.bytes.Bytes;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** Writes keys in DER: PKCS #8 (RFC 5958), SEC 1 (RFC 5915) and SubjectPublicKeyInfo (RFC 5280). */
public final class KeyEncoding {
  private static final ASN1ObjectIdentifier EC = new ASN1ObjectIdentifier("1.2.840.10045.2.1");

  private KeyEncoding() {}

  /** PrivateKeyInfo. */
  public static Bytes privateKey(PrivateKey key) {
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
  public static Bytes ecPrivateKey(PrivateKey key) {
    PublicKey open = key.publicKey();
    ASN1Encodable curve = algorithm(open.curve()).getParameters();
    return key.d().use(d -> Bytes.owned(der(ec(open, d, curve))));
  }

  /** SubjectPublicKeyInfo in DER. */
  public static Bytes encoded(PublicKey key) {
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

  private static AlgorithmIdentifier algorithm(KeyCurve curve) {
    ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier(oid(curve));
    return curve.hasTwoCoordinates()
        ? new AlgorithmIdentifier(EC, oid)
        : new AlgorithmIdentifier(oid);
  }

  /** The algorithm of keys that name their curve in ECPrivateKey (RFC 5915, Section 3). */
  public static AlgorithmIdentifier ecAlgorithm(@Nullable ASN1Encodable curve) {
    return new AlgorithmIdentifier(EC, curve);
  }

  /** The curve of an algorithm; empty when it is none of ours. */
  public static Optional<KeyCurve> curve(AlgorithmIdentifier algorithm) {
    boolean ec = algorithm.getAlgorithm().equals(EC);
    String id = ec ? String.valueOf(algorithm.getParameters()) : algorithm.getAlgorithm().getId();
    return Arrays.stream(KeyCurve.values())
        .filter(curve -> curve.hasTwoCoordinates() == ec && oid(curve).equals(id))
        .findFirst();
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
}
