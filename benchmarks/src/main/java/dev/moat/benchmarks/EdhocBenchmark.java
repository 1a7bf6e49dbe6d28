package dev.moat.benchmarks;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep.Completed;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * A whole handshake, both sides, beside the sum of the operations on curves that it cannot do
 * without: message_1 to message_3, credentials by kid and pinned.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EdhocBenchmark {
  private static final Instant NOW = Instant.EPOCH;
  private static final ConnectionId C_I = ConnectionId.of(1);
  private static final ConnectionId C_R = ConnectionId.of(2);
  private static final Bytes SIGNED = Bytes.owned(new byte[200]);

  @Param({"BOUNCY_CASTLE", "CONSCRYPT"})
  CurvesBenchmark.Provider provider = CurvesBenchmark.Provider.BOUNCY_CASTLE;

  @Param({"SIGN_SIGN", "DH_DH", "PSK"})
  Method method = Method.DH_DH;

  @Param({"0", "2"})
  int suite;

  private final RandomSource random = new SecureRandom()::nextBytes;
  private Ends ends = Ends.of(provider.primitives(), method, suite, random);

  /** Makes the keys and settings of both ends. */
  @Setup
  public void prepare() {
    ends = Ends.of(provider.primitives(), method, suite, random);
  }

  /** Both sides of a handshake. */
  @Benchmark
  public boolean handshakes() {
    try (InitiatorRun initiator = InitiatorRun.begin(ends.initiator, method, C_I, random)) {
      SendMessage2 answer =
          (SendMessage2)
              ResponderRun.receive(ends.responder, initiator.message1(), cI -> C_R, random);
      SendMessage3 third = (SendMessage3) initiator.onMessage2(answer.message2(), NOW);
      Completed done = (Completed) answer.run().onMessage3(third.message3(), NOW);
      boolean equal = done.session().th4().equals(third.session().th4());
      done.session().close();
      third.session().close();
      return equal;
    }
  }

  /** The operations on curves of both sides, and nothing else. */
  @Benchmark
  public int bareOperations() throws KeyMaterialException {
    return ends.bare.run(random);
  }

  /** Settings of both ends, and the keys of one of them prepared, as those of peers may be. */
  private record Ends(EdhocSettings initiator, EdhocSettings responder, Bare bare) {
    static Ends of(Primitives primitives, Method method, int value, RandomSource random) {
      CipherSuite suite = CipherSuites.standard().require(value);
      KeyCurve curve =
          method == Method.SIGN_SIGN ? KeyCurve.of(suite.signature()) : KeyCurve.of(suite.curve());
      PrivateKey own = PrivateKey.generate(curve, primitives.curves(), random);
      PrivateKey other = PrivateKey.generate(curve, primitives.curves(), random);
      if (method == Method.PSK) {
        return new Ends(
            withPsk(primitives, suite, "initiator", "responder"),
            withPsk(primitives, suite, "responder", "initiator"),
            Bare.of(primitives.curves(), suite));
      }
      try {
        return new Ends(
            settings(primitives, method, suite, own, other),
            settings(primitives, method, suite, other, own),
            Bare.of(primitives.curves(), suite, method, own));
      } catch (CoseException impossible) {
        throw new IllegalStateException("a key that was just made is refused", impossible);
      }
    }

    private static EdhocSettings settings(
        Primitives primitives, Method method, CipherSuite suite, PrivateKey own, PrivateKey peer)
        throws CoseException {
      Credential credential = credential(own);
      IdCred idCred = IdCred.kid(credential.kid().orElseThrow());
      Identity identity =
          method == Method.SIGN_SIGN
              ? Identity.signing(idCred, credential, own.signing(primitives.curves()))
              : Identity.staticDh(idCred, credential, own.agreement(primitives.curves()));
      return EdhocSettings.builder(primitives, List.of(suite), Set.of(method))
          .identities(identity)
          .peers(PinnedCredentials.of(primitives.symmetric(), credential(peer)))
          .build();
    }

    private static EdhocSettings withPsk(
        Primitives primitives, CipherSuite suite, String own, String peer) {
      try (SecretBytes psk = SecretBytes.copyOf(new byte[PskCredential.LEAST_OCTETS])) {
        return EdhocSettings.builder(primitives, List.of(suite), Set.of(Method.PSK))
            .psks(PskStore.of(PskCredential.external(Bytes.of(1), psk, own, peer, suite.hash())))
            .build();
      }
    }

    /** A kid of one octet that follows from the key, so that both ends have the same. */
    private static Credential credential(PrivateKey key) {
      Bytes kid = key.publicKey().x().slice(0, 1);
      return Credential.ccsOf("a device", key.publicKey().withKid(kid));
    }
  }

  /**
   * The floor of a method.
   *
   * @param agreements G_XY and, with static keys, G_RX and G_IY, on both sides
   * @param signing empty with static keys
   */
  private record Bare(
      Curves curves,
      CipherSuite suite,
      int agreements,
      Optional<SigningKey> signing,
      Optional<VerificationKey> verification) {
    static Bare of(Curves curves, CipherSuite suite, Method method, PrivateKey key)
        throws CoseException {
      return method == Method.SIGN_SIGN
          ? new Bare(
              curves,
              suite,
              2,
              Optional.of(key.signing(curves)),
              Optional.of(key.publicKey().verification(curves)))
          : new Bare(curves, suite, 6, Optional.empty(), Optional.empty());
    }

    /** With a pre-shared key: G_XY on both sides. */
    static Bare of(Curves curves, CipherSuite suite) {
      return new Bare(curves, suite, 2, Optional.empty(), Optional.empty());
    }

    int run(RandomSource random) throws KeyMaterialException {
      int octets = 0;
      try (DhPrivateKey x = curves.generate(suite.curve(), random);
          DhPrivateKey y = curves.generate(suite.curve(), random)) {
        for (int i = 0; i < agreements; i++) {
          Bytes peer = i % 2 == 0 ? y.publicKey() : x.publicKey();
          try (SecretBytes shared =
              (i % 2 == 0 ? x : y).agree(curves.publicKey(suite.curve(), peer))) {
            octets += shared.length();
          }
        }
      }
      return octets + (signing.isPresent() ? signatures(signing.get()) : 0);
    }

    private int signatures(SigningKey key) {
      int verified = 0;
      for (int side = 0; side < 2; side++) {
        Bytes signature = key.sign(SIGNED);
        verified += verification.orElseThrow().verify(SIGNED, signature) ? 1 : 0;
      }
      return verified;
    }
  }
}
