package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import java.math.BigInteger;

/** The prime fields below the curves, and the coordinates of the points of low order. */
enum CurveField {
  P_256(new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16)),
  P_384(
      power(384).subtract(power(128)).subtract(power(96)).add(power(32)).subtract(BigInteger.ONE)),
  /** Below Curve25519, its twist and edwards25519, where points have low orders 1, 2, 4 and 8. */
  FIELD_25519(power(255).subtract(BigInteger.valueOf(19))),
  /** Below curve448, its twist and edwards448, where points have low orders 1, 2 and 4. */
  FIELD_448(power(448).subtract(power(224)).subtract(BigInteger.ONE));

  /** n of P-256 (FIPS 186-5, SP 800-186). */
  static final Bytes P_256_ORDER =
      Bytes.hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

  /** n of P-384. */
  static final Bytes P_384_ORDER =
      Bytes.hex(
          "ffffffffffffffffffffffffffffffffffffffffffffffff"
              + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973");

  /** The u-coordinates of the points of order 8 of Curve25519; each is the other's inverse. */
  private static final BigInteger FIRST_U_OF_ORDER_8 =
      new BigInteger("00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0", 16);

  private static final BigInteger SECOND_U_OF_ORDER_8 =
      new BigInteger("57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f", 16);

  /** The y-coordinates of the points of order 8 of edwards25519; each is the other's negative. */
  private static final BigInteger FIRST_Y_OF_ORDER_8 =
      new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

  private static final BigInteger SECOND_Y_OF_ORDER_8 =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  private final BigInteger prime;

  CurveField(BigInteger prime) {
    this.prime = prime;
  }

  static CurveField of(DhCurve curve) {
    return switch (curve) {
      case P_256 -> P_256;
      case P_384 -> P_384;
      case X25519 -> FIELD_25519;
      case X448 -> FIELD_448;
    };
  }

  static CurveField of(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> P_256;
      case ES384 -> P_384;
      case ED25519 -> FIELD_25519;
      case ED448 -> FIELD_448;
    };
  }

  BigInteger prime() {
    return prime;
  }

  /** True when the big-endian coordinate is below the prime. */
  boolean isReduced(Bytes coordinate) {
    return new BigInteger(1, coordinate.toArray()).compareTo(prime) < 0;
  }

  /** Takes the octets of a little-endian u-coordinate as X25519 and X448 do. */
  boolean isLowOrderU(Bytes coordinate) {
    BigInteger number = littleEndian(coordinate);
    // "implementations of X25519 ... MUST mask the most significant bit" (RFC 7748, Section 5)
    BigInteger u = (this == FIELD_25519 ? number.clearBit(255) : number).mod(prime);
    return isZeroOrOneUpToSign(u)
        || (this == FIELD_25519 && (u.equals(FIRST_U_OF_ORDER_8) || u.equals(SECOND_U_OF_ORDER_8)));
  }

  /** Takes a reduced y-coordinate of the Edwards curve. */
  boolean isLowOrderY(BigInteger y) {
    return isZeroOrOneUpToSign(y)
        || (this == FIELD_25519 && (y.equals(FIRST_Y_OF_ORDER_8) || y.equals(SECOND_Y_OF_ORDER_8)));
  }

  /** These have a low order on all of the curves that have points of low order. */
  private boolean isZeroOrOneUpToSign(BigInteger coordinate) {
    return coordinate.compareTo(BigInteger.ONE) <= 0
        || coordinate.equals(prime.subtract(BigInteger.ONE));
  }

  static BigInteger littleEndian(Bytes octets) {
    byte[] reversed = new byte[octets.length()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = (byte) octets.at(reversed.length - 1 - i);
    }
    return new BigInteger(1, reversed);
  }

  static Bytes littleEndian(BigInteger number, int octets) {
    byte[] reversed = new byte[octets];
    for (int i = 0; i < octets; i++) {
      reversed[i] = number.shiftRight(8 * i).byteValue();
    }
    return Bytes.owned(reversed);
  }

  private static BigInteger power(int exponent) {
    return BigInteger.ONE.shiftLeft(exponent);
  }
}
