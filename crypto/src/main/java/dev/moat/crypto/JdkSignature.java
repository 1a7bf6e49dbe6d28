package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;

/** The signature algorithms as the JDK calls them, and how a public key follows from a private. */
enum JdkSignature {
  ES256(SignatureAlgorithm.ES256, "SHA256withECDSAinP1363Format"),
  ES384(SignatureAlgorithm.ES384, "SHA384withECDSAinP1363Format"),
  ED25519(SignatureAlgorithm.ED25519, "Ed25519");

  /** What a key signs once for itself, to tell which of two public keys is its own. */
  private static final Bytes PROBE = Bytes.utf8("moat: which public key is mine?");

  private final SignatureAlgorithm algorithm;
  private final String name;

  JdkSignature(SignatureAlgorithm algorithm, String name) {
    this.algorithm = algorithm;
    this.name = name;
  }

  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  JdkKeyForm form() {
    return switch (this) {
      case ES256 -> JdkKeyForm.P_256;
      case ES384 -> JdkKeyForm.P_384;
      case ED25519 -> JdkKeyForm.ED25519;
    };
  }

  Bytes sign(PrivateKey key, Bytes message) {
    try {
      Signature signature = Signature.getInstance(name, JdkCurves.PROVIDER);
      signature.initSign(key);
      signature.update(message.toArray());
      return Bytes.owned(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  boolean verify(PublicKey key, Bytes message, Bytes octets) {
    if (octets.length() != algorithm.signatureOctets()) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(name, JdkCurves.PROVIDER);
      signature.initVerify(key);
      signature.update(message.toArray());
      return signature.verify(octets.toArray());
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  /**
   * The key in the JDK's form; its octets were checked but for the curve's equation.
   *
   * @throws KeyMaterialException NOT_ON_CURVE
   */
  PublicKey publicKey(Bytes octets) throws KeyMaterialException {
    switch (this) {
      case ES256 -> Weierstrass.P_256.requireOnCurve(octets);
      case ES384 -> Weierstrass.P_384.requireOnCurve(octets);
      case ED25519 -> requireDecodable(ED25519.form().publicKey(octets));
    }
    return form().publicKey(octets);
  }

  /** The JDK decodes an Edwards point when it is first used. */
  private void requireDecodable(PublicKey key) throws KeyMaterialException {
    try {
      Signature.getInstance(name, JdkCurves.PROVIDER).initVerify(key);
    } catch (InvalidKeyException notOnCurve) {
      throw new KeyMaterialException(Reason.NOT_ON_CURVE);
    } catch (GeneralSecurityException missing) {
      throw JdkCiphers.broken(missing);
    }
  }

  /**
   * The public key of a private one. The JDK has no such function, but multiplies a point by a
   * secret in constant time for key agreement: from the base point that gives one coordinate, and a
   * signature tells which of the two points it is.
   */
  Bytes publicKeyOf(SecretBytes secret, PrivateKey key) {
    return switch (this) {
      case ES256 -> own(key, Weierstrass.P_256, DhCurve.P_256, secret);
      case ES384 -> own(key, Weierstrass.P_384, DhCurve.P_384, secret);
      case ED25519 -> ownEdwards(key, secret);
    };
  }

  private Bytes own(PrivateKey key, Weierstrass equation, DhCurve curve, SecretBytes scalar) {
    try (DhPrivateKey agreement = new JdkDhPrivateKey(curve, scalar)) {
      Bytes point = equation.pointOf(agreement.publicKey());
      return chosen(key, point, equation.negative(point));
    } catch (KeyMaterialException impossible) {
      throw new IllegalStateException("this platform's curves do not work", impossible);
    }
  }

  /**
   * Ed25519's secret scalar is clamped as X25519's (RFC 8032, Section 5.1.5), and the curves are
   * one but for the coordinates: y = (u - 1) / (u + 1) (RFC 7748, Section 4.1).
   */
  private Bytes ownEdwards(PrivateKey key, SecretBytes seed) {
    byte[] hash = seed.use(JdkCiphers.digest(HashAlgorithm.SHA_512)::digest);
    try (SecretBytes scalar = SecretBytes.owned(Arrays.copyOf(hash, 32));
        DhPrivateKey montgomery = new JdkDhPrivateKey(DhCurve.X25519, scalar)) {
      BigInteger prime = CurveField.FIELD_25519.prime();
      BigInteger u = CurveField.littleEndian(montgomery.publicKey());
      BigInteger y =
          u.subtract(BigInteger.ONE).multiply(u.add(BigInteger.ONE).modInverse(prime)).mod(prime);
      return chosen(
          key, CurveField.littleEndian(y, 32), CurveField.littleEndian(y.setBit(255), 32));
    } finally {
      Arrays.fill(hash, (byte) 0);
    }
  }

  private Bytes chosen(PrivateKey key, Bytes one, Bytes other) {
    return verify(form().publicKey(one), PROBE, sign(key, PROBE)) ? one : other;
  }
}
