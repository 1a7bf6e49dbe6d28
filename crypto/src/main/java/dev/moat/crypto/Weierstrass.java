package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import java.math.BigInteger;

/**
 * The equation of P-256 and P-384, y^2 = x^3 - 3x + b, for points that are public: the arithmetic
 * takes as long as it takes.
 */
enum Weierstrass {
  P_256(
      CurveField.P_256,
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
  P_384(
      CurveField.P_384,
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
          + "c656398d8a2ed19d2a85c8edd3ec2aef",
      "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
          + "5502f25dbf55296c3a545e3872760ab7");

  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final CurveField field;
  private final BigInteger b;
  private final BigInteger baseX;

  Weierstrass(CurveField field, String b, String baseX) {
    this.field = field;
    this.b = new BigInteger(b, 16);
    this.baseX = new BigInteger(baseX, 16);
  }

  /** The x-coordinate of the base point. */
  Bytes baseX() {
    return bigEndian(baseX, field.prime().bitLength() / 8);
  }

  /**
   * x and y of the point with this x, which was checked to be reduced, and an even y.
   *
   * @throws KeyMaterialException NOT_ON_CURVE
   */
  Bytes pointOf(Bytes x) throws KeyMaterialException {
    BigInteger prime = field.prime();
    BigInteger square = rightSide(x);
    // Both primes are 3 modulo 4, which makes this a root of every square.
    BigInteger root = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    if (!root.multiply(root).mod(prime).equals(square)) {
      throw new KeyMaterialException(Reason.NOT_ON_CURVE);
    }
    return x.plus(bigEndian(root.testBit(0) ? prime.subtract(root) : root, x.length()));
  }

  /**
   * Checks a point whose coordinates are reduced.
   *
   * @throws KeyMaterialException NOT_ON_CURVE
   */
  void requireOnCurve(Bytes point) throws KeyMaterialException {
    int octets = point.length() / 2;
    BigInteger y = new BigInteger(1, point.slice(octets, 2 * octets).toArray());
    if (!y.multiply(y).mod(field.prime()).equals(rightSide(point.slice(0, octets)))) {
      throw new KeyMaterialException(Reason.NOT_ON_CURVE);
    }
  }

  /** The point with the same x and the other y. */
  Bytes negative(Bytes point) {
    int octets = point.length() / 2;
    BigInteger y = new BigInteger(1, point.slice(octets, 2 * octets).toArray());
    return point.slice(0, octets).plus(bigEndian(field.prime().subtract(y), octets));
  }

  private BigInteger rightSide(Bytes coordinate) {
    BigInteger x = new BigInteger(1, coordinate.toArray());
    return x.multiply(x).subtract(THREE).multiply(x).add(b).mod(field.prime());
  }

  private static Bytes bigEndian(BigInteger number, int octets) {
    byte[] fixed = new byte[octets];
    byte[] signed = number.toByteArray();
    int length = Math.min(signed.length, octets);
    System.arraycopy(signed, signed.length - length, fixed, octets - length, length);
    return Bytes.owned(fixed);
  }
}
