package dev.moat.cose.key;

import dev.moat.bytes.Bytes;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The equation y^2 = x^3 - 3x + b of a NIST curve (FIPS 186-4, Appendix D.1.2), for public points
 * only: big integers take a time that depends on their value.
 */
enum ShortWeierstrass {
  P_256(
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
  P_384(
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef");

  private static final BigInteger THREE = BigInteger.valueOf(3);

  @SuppressWarnings("ImmutableEnumChecker") // BigInteger is immutable, as far as its own class goes
  private final BigInteger prime;

  @SuppressWarnings("ImmutableEnumChecker") // see above
  private final BigInteger b;

  ShortWeierstrass(String prime, String b) {
    this.prime = new BigInteger(prime, 16);
    this.b = new BigInteger(b, 16);
  }

  /** The equation of a curve with two coordinates. */
  static ShortWeierstrass of(KeyCurve curve) {
    return curve == KeyCurve.P_256 ? P_256 : P_384;
  }

  /** True when the curve has this point. */
  boolean has(Bytes x, Bytes y) {
    BigInteger ordinate = number(y);
    return ordinate.compareTo(prime) < 0
        && isReduced(x)
        && ordinate.multiply(ordinate).mod(prime).equals(square(x));
  }

  /** True when the curve has a point with this x. */
  boolean has(Bytes x) {
    return y(x, false).isPresent();
  }

  /** The y of the two that belong to x which is odd or not (SEC 1, Section 2.3.4). */
  Optional<Bytes> y(Bytes x, boolean odd) {
    if (!isReduced(x)) {
      return Optional.empty();
    }
    BigInteger square = square(x);
    // The primes are 3 modulo 4, so that this is a root where there is one.
    BigInteger root = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    if (!root.multiply(root).mod(prime).equals(square)) {
      return Optional.empty();
    }
    BigInteger y = root.testBit(0) == odd ? root : prime.subtract(root);
    return Optional.of(octets(y, x.length()));
  }

  private boolean isReduced(Bytes x) {
    return number(x).compareTo(prime) < 0;
  }

  private BigInteger square(Bytes x) {
    BigInteger abscissa = number(x);
    BigInteger cube = abscissa.multiply(abscissa).subtract(THREE).multiply(abscissa);
    return cube.add(b).mod(prime);
  }

  private static BigInteger number(Bytes octets) {
    return new BigInteger(1, octets.toArray());
  }

  private static Bytes octets(BigInteger number, int length) {
    byte[] octets = new byte[length];
    byte[] magnitude = number.toByteArray();
    int taken = Math.min(magnitude.length, length);
    System.arraycopy(magnitude, magnitude.length - taken, octets, length - taken, taken);
    return Bytes.owned(octets);
  }
}
