package dev.moat.crypto.bc;

import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.JdkCrypto;
import dev.moat.crypto.JdkCurves;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses who does the public-key work. Symmetric cryptography is the JDK's in every choice, and
 * Keccak is Bouncy Castle's.
 */
public final class PrimitivesChoice {
  private PrimitivesChoice() {}

  /** Conscrypt where it is on the class path and has the curve, otherwise Bouncy Castle. */
  public static Primitives best() {
    return conscrypt().orElseGet(PrimitivesChoice::bouncyCastle);
  }

  /** Bouncy Castle for all curves. */
  public static Primitives bouncyCastle() {
    return with(BouncyCurves.create());
  }

  /**
   * Conscrypt, and Bouncy Castle for the curves that it does not have; empty where Conscrypt is
   * absent or does not run.
   */
  public static Optional<Primitives> conscrypt() {
    return ConscryptCurves.load()
        .map(conscrypt -> with(new FastestCurves(conscrypt, BouncyCurves.create())));
  }

  /** The JDK for all curves that it has. */
  public static Primitives jdk() {
    return with(JdkCurves.create());
  }

  /** Which provider is active for what, one line each, for operators. */
  public static List<String> describe(Primitives primitives) {
    Map<String, List<String>> work = new LinkedHashMap<>();
    for (DhCurve curve : DhCurve.values()) {
      note(work, workerOf(primitives.curves(), curve), curve.name());
    }
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      note(work, workerOf(primitives.curves(), algorithm), algorithm.name());
    }
    return work.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(" ", entry.getValue()))
        .collect(Collectors.toUnmodifiableList());
  }

  private static void note(Map<String, List<String>> work, String worker, String name) {
    var unused = work.computeIfAbsent(worker, absent -> new ArrayList<>()).add(name);
  }

  private static String workerOf(Curves curves, DhCurve curve) {
    Curves worker = curves instanceof FastestCurves choice ? choice.of(curve) : curves;
    return worker.supports(curve) ? worker.provider() : "not supported";
  }

  private static String workerOf(Curves curves, SignatureAlgorithm algorithm) {
    Curves worker = curves instanceof FastestCurves choice ? choice.of(algorithm) : curves;
    return worker.supports(algorithm) ? worker.provider() : "not supported";
  }

  private static Primitives with(Curves curves) {
    return new Primitives(JdkCrypto.create(), curves, BouncyKeccak.create());
  }
}
