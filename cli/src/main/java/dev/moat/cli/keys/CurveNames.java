package dev.moat.cli.keys;

import dev.moat.cose.key.KeyCurve;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Curves by the names of the COSE and JOSE registries. */
public final class CurveNames {
  private CurveNames() {}

  /** The registered name, such as {@code P-256} and {@code Ed25519}. */
  public static String of(KeyCurve curve) {
    return switch (curve) {
      case P_256 -> "P-256";
      case P_384 -> "P-384";
      case X25519 -> "X25519";
      case X448 -> "X448";
      case ED25519 -> "Ed25519";
      case ED448 -> "Ed448";
    };
  }

  /** The curve of a name, in either case. */
  public static Optional<KeyCurve> find(String name) {
    return Arrays.stream(KeyCurve.values())
        .filter(curve -> of(curve).equalsIgnoreCase(name))
        .findFirst();
  }

  /** All names, for messages. */
  public static String all() {
    return Arrays.stream(KeyCurve.values()).map(CurveNames::of).collect(Collectors.joining(", "));
  }
}
