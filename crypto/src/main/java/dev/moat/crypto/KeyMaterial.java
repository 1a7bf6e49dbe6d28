package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The rules for key material that hold whichever provider does the arithmetic, so that no provider
 * is trusted to know them. Whether a point lies on its curve is for the provider to say.
 */
public final class KeyMaterial {
  private static final int MAX_DRAWS = 64;

  private KeyMaterial() {}

  /**
   * The octets of a fresh private key, straight from {@code random}; the caller closes them.
   *
   * @throws IllegalStateException when the source keeps giving what is no key
   */
  public static SecretBytes generate(DhCurve curve, RandomSource random) {
    for (int i = 0; i < MAX_DRAWS; i++) {
      SecretBytes drawn = SecretBytes.random(curve.octets(), random);
      if (inRange(curve, drawn)) {
        return drawn;
      }
      drawn.close();
    }
    throw new IllegalStateException("the random source is broken: it gives no private key");
  }

  /**
   * Checks a private key.
   *
   * @throws KeyMaterialException WRONG_LENGTH; SCALAR_OUT_OF_RANGE when it is not within 1 to n-1
   *     (SEC 1, Section 3.2.1)
   */
  public static void requirePrivate(DhCurve curve, SecretBytes key) throws KeyMaterialException {
    require(key.length() == curve.octets(), Reason.WRONG_LENGTH);
    require(inRange(curve, key), Reason.SCALAR_OUT_OF_RANGE);
  }

  /**
   * Checks a private key.
   *
   * @throws KeyMaterialException WRONG_LENGTH; SCALAR_OUT_OF_RANGE when an ECDSA key is not within
   *     1 to n-1
   */
  public static void requirePrivate(SignatureAlgorithm algorithm, SecretBytes key)
      throws KeyMaterialException {
    require(key.length() == algorithm.privateKeyOctets(), Reason.WRONG_LENGTH);
    boolean inRange =
        switch (algorithm) {
          case ES256 -> inRange(DhCurve.P_256, key);
          case ES384 -> inRange(DhCurve.P_384, key);
          case ED25519, ED448 -> true; // a seed, not a scalar (RFC 8032, Section 5.1.5)
        };
    require(inRange, Reason.SCALAR_OUT_OF_RANGE);
  }

  /**
   * Checks a public key's coordinate. One of X25519 and X448 that is not reduced stands for what it
   * reduces to (RFC 7748, Section 5).
   *
   * @throws KeyMaterialException WRONG_LENGTH, NOT_REDUCED, LOW_ORDER
   */
  public static void requirePublic(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    require(coordinate.length() == curve.octets(), Reason.WRONG_LENGTH);
    CurveField field = CurveField.of(curve);
    switch (curve) {
      case P_256, P_384 -> require(field.isReduced(coordinate), Reason.NOT_REDUCED);
      case X25519, X448 -> require(!field.isLowOrderU(coordinate), Reason.LOW_ORDER);
    }
  }

  /**
   * Checks a public key for signatures.
   *
   * @throws KeyMaterialException WRONG_LENGTH; NOT_REDUCED (RFC 8032, Sections 5.1.3 and 5.2.3);
   *     LOW_ORDER
   */
  public static void requirePublic(SignatureAlgorithm algorithm, Bytes key)
      throws KeyMaterialException {
    int octets = algorithm.publicKeyOctets();
    require(key.length() == octets, Reason.WRONG_LENGTH);
    switch (algorithm) {
      case ES256, ES384 -> {
        CurveField field = CurveField.of(algorithm);
        require(field.isReduced(key.slice(0, octets / 2)), Reason.NOT_REDUCED);
        require(field.isReduced(key.slice(octets / 2, octets)), Reason.NOT_REDUCED);
      }
      case ED25519, ED448 -> requireEdwards(CurveField.of(algorithm), key);
    }
  }

  private static void requireEdwards(CurveField field, Bytes point) throws KeyMaterialException {
    // The most significant bit is the sign of the other coordinate.
    BigInteger y = CurveField.littleEndian(point).clearBit(8 * point.length() - 1);
    require(y.compareTo(field.prime()) < 0, Reason.NOT_REDUCED);
    require(!field.isLowOrderY(y), Reason.LOW_ORDER);
  }

  private static boolean inRange(DhCurve curve, SecretBytes key) {
    return switch (curve) {
      case P_256 -> inRange(key, CurveField.P_256_ORDER);
      case P_384 -> inRange(key, CurveField.P_384_ORDER);
      case X25519, X448 -> true; // any octets: the function clamps them (RFC 7748, Section 5)
    };
  }

  /** Leaves early only where a key begins as the order does, which no random key does. */
  private static boolean inRange(SecretBytes key, Bytes order) {
    return key.use(
        octets ->
            Arrays.compareUnsigned(octets, order.toArray()) < 0
                && !Arrays.equals(octets, new byte[octets.length]));
  }

  private static void require(boolean condition, Reason otherwise) throws KeyMaterialException {
    if (!condition) {
      throw new KeyMaterialException(otherwise);
    }
  }
}
