package dev.moat.crypto;

import static dev.moat.crypto.CurvesUnderTest.filled;
import static dev.moat.crypto.CurvesUnderTest.prime;

import dev.moat.bytes.Bytes;
import java.util.List;
import java.util.stream.Stream;

/** Encodings of the points of low order. */
final class LowOrder {
  private LowOrder() {}

  /** u = 0, 1, -1, p, p + 1, and for Curve25519 the points of order 8 and the bit to be masked. */
  static List<Bytes> of(DhCurve curve) {
    Bytes zero = filled(curve.octets(), 0);
    Bytes one = Bytes.of(1).plus(filled(curve.octets() - 1, 0));
    Bytes prime = prime(curve);
    return curve == DhCurve.X448
        ? List.of(zero, one, plus(prime, -1), prime, filled(28, 0).plus(filled(28, 0xff)))
        : List.of(
            zero,
            one,
            plus(prime, -1),
            prime,
            plus(prime, 1),
            zero.slice(0, 31).plus(Bytes.of(0x80)),
            one.slice(0, 31).plus(Bytes.of(0x80)),
            plus(prime, -1).slice(0, 31).plus(Bytes.of(0xff)),
            Bytes.hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
            Bytes.hex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
            Bytes.hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880"));
  }

  /** y = 0, 1, -1 with either sign, and for edwards25519 the points of order 8. */
  static List<Bytes> of(SignatureAlgorithm algorithm) {
    int octets = algorithm.publicKeyOctets();
    Bytes zero = filled(octets, 0);
    Bytes one = Bytes.of(1).plus(filled(octets - 1, 0));
    Bytes minusOne = plus(prime(algorithm), -1);
    Stream<Bytes> common =
        Stream.of(zero, one, minusOne, negative(zero), negative(one), negative(minusOne));
    return algorithm == SignatureAlgorithm.ED448
        ? common.toList()
        : Stream.concat(
                common,
                Stream.of(
                    Bytes.hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
                    Bytes.hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
                    Bytes.hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
                    Bytes.hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")))
            .toList();
  }

  /** Sets the bit of the sign of x. */
  private static Bytes negative(Bytes point) {
    byte[] changed = point.toArray();
    changed[changed.length - 1] |= (byte) 0x80;
    return Bytes.owned(changed);
  }

  /** Changes the least significant octet, without carry. */
  private static Bytes plus(Bytes number, int difference) {
    byte[] changed = number.toArray();
    changed[0] += (byte) difference;
    return Bytes.owned(changed);
  }
}
