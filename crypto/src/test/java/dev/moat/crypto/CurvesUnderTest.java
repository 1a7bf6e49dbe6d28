package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A provider of {@link Curves} as the contracts see it, and the numbers they share. */
public interface CurvesUnderTest {
  /** The provider. */
  Curves curves();

  /** The curves that it supports. */
  default List<DhCurve> agreements() {
    return Arrays.stream(DhCurve.values()).filter(curves()::supports).toList();
  }

  /** The algorithms that it supports. */
  default List<SignatureAlgorithm> signatures() {
    return Arrays.stream(SignatureAlgorithm.values()).filter(curves()::supports).toList();
  }

  static boolean isWeierstrass(DhCurve curve) {
    return curve == DhCurve.P_256 || curve == DhCurve.P_384;
  }

  static boolean isEcdsa(SignatureAlgorithm algorithm) {
    return algorithm == SignatureAlgorithm.ES256 || algorithm == SignatureAlgorithm.ES384;
  }

  /** The order of the group, big-endian. */
  static Bytes order(DhCurve curve) {
    return switch (curve) {
      case P_256 -> Bytes.hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
      case P_384 ->
          Bytes.hex(
              "ffffffffffffffffffffffffffffffffffffffffffffffff"
                  + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973");
      case X25519, X448 -> throw new IllegalArgumentException("any scalar is in range");
    };
  }

  static Bytes order(SignatureAlgorithm algorithm) {
    return order(algorithm == SignatureAlgorithm.ES256 ? DhCurve.P_256 : DhCurve.P_384);
  }

  /** The field's prime, as a coordinate is encoded. */
  static Bytes prime(DhCurve curve) {
    return switch (curve) {
      case P_256 -> Bytes.hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
      case P_384 ->
          Bytes.hex(
              "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
                  + "ffffffff0000000000000000ffffffff");
      case X25519 -> Bytes.of(0xed).plus(filled(30, 0xff)).plus(Bytes.of(0x7f));
      case X448 -> filled(28, 0xff).plus(Bytes.of(0xfe)).plus(filled(27, 0xff));
    };
  }

  static Bytes prime(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> prime(DhCurve.P_256);
      case ES384 -> prime(DhCurve.P_384);
      case ED25519 -> prime(DhCurve.X25519);
      case ED448 -> prime(DhCurve.X448).plus(Bytes.of(0));
    };
  }

  static void refuses(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KeyMaterialException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  static Bytes filled(int octets, int value) {
    byte[] filled = new byte[octets];
    Arrays.fill(filled, (byte) value);
    return Bytes.owned(filled);
  }

  static SecretBytes secret(Bytes octets) {
    return SecretBytes.copyOf(octets.toArray());
  }

  static Bytes exposed(SecretBytes secret) {
    return secret.use(Bytes::copyOf);
  }
}
