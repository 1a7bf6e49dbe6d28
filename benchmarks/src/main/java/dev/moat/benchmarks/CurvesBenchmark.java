package dev.moat.benchmarks;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The bare operations on curves that a handshake is made of, for each provider: the floor for
 * EDHOC. Importing a peer's public key is part of agreeing, as it is of every handshake; keys to
 * sign and verify with are prepared once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CurvesBenchmark {
  private static final Bytes MESSAGE = Bytes.owned(new byte[128]);

  /** Who does the work. */
  public enum Provider {
    /** Bouncy Castle alone. */
    BOUNCY_CASTLE,
    /** Conscrypt, which has to be on the class path. */
    CONSCRYPT,
    /** The JDK alone. */
    JDK;

    Primitives primitives() {
      return switch (this) {
        case BOUNCY_CASTLE -> PrimitivesChoice.bouncyCastle();
        case CONSCRYPT -> PrimitivesChoice.conscrypt().orElseThrow();
        case JDK -> PrimitivesChoice.jdk();
      };
    }
  }

  /** Suites 0 and 2, by what they need of curves. */
  public enum Suite {
    /** X25519 and Ed25519. */
    CURVE25519(DhCurve.X25519, SignatureAlgorithm.ED25519),
    /** ECDH and ECDSA over P-256. */
    P_256(DhCurve.P_256, SignatureAlgorithm.ES256);

    private final DhCurve curve;
    private final SignatureAlgorithm algorithm;

    Suite(DhCurve curve, SignatureAlgorithm algorithm) {
      this.curve = curve;
      this.algorithm = algorithm;
    }
  }

  @Param Provider provider = Provider.BOUNCY_CASTLE;
  @Param Suite suite = Suite.CURVE25519;

  private final RandomSource random = new SecureRandom()::nextBytes;
  private Keys keys = Keys.of(provider, suite, random);

  /** Makes the keys of the provider and the suite to measure. */
  @Setup
  public void prepare() {
    keys = Keys.of(provider, suite, random);
  }

  /** An ephemeral key with its public coordinate. */
  @Benchmark
  public Bytes generates() {
    try (DhPrivateKey key = keys.curves.generate(suite.curve, random)) {
      return key.publicKey();
    }
  }

  /** The shared secret with a peer whose coordinate came over the wire. */
  @Benchmark
  public int agrees() throws KeyMaterialException {
    try (SecretBytes shared = keys.own.agree(keys.curves.publicKey(suite.curve, keys.peer))) {
      return shared.length();
    }
  }

  /** A signature. */
  @Benchmark
  public Bytes signs() {
    return keys.signing.sign(MESSAGE);
  }

  /** A verification that succeeds. */
  @Benchmark
  public boolean verifies() {
    return keys.verification.verify(MESSAGE, keys.signature);
  }

  private record Keys(
      Curves curves,
      DhPrivateKey own,
      Bytes peer,
      SigningKey signing,
      VerificationKey verification,
      Bytes signature) {
    static Keys of(Provider provider, Suite suite, RandomSource random) {
      Curves curves = provider.primitives().curves();
      try (DhPrivateKey other = curves.generate(suite.curve, random);
          SecretBytes seed = SecretBytes.owned(Bytes.of(7).plus(random.bytes(31)).toArray())) {
        SigningKey signing = curves.signingKey(suite.algorithm, seed);
        return new Keys(
            curves,
            curves.generate(suite.curve, random),
            other.publicKey(),
            signing,
            curves.verificationKey(suite.algorithm, signing.publicKey()),
            signing.sign(MESSAGE));
      } catch (KeyMaterialException impossible) {
        throw new IllegalStateException("a key that was just made is refused", impossible);
      }
    }
  }
}
