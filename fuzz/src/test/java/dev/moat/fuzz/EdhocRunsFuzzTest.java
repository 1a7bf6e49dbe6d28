package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both state machines under a sequence of messages that is read from the fuzzer's octets: each step
 * is an octet that says what, with what it needs.
 *
 * <ul>
 *   <li>lowest bit: to the Initiator or the Responder; next two bits, which entrance
 *   <li>bits 3 and 4: octets of the fuzzer's own (a length and they), or a genuine message that was
 *       sent before, as it was or with one octet changed (an index, and two octets more)
 * </ul>
 */
final class EdhocRunsFuzzTest {
  private static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();
  private static final Instant NOW = Instant.EPOCH;
  private static final int MOST_STEPS = 60;
  private static final PrivateKey ALICE = key(1);
  private static final PrivateKey BOB = key(2);

  /** A session that is not disturbed, one that is repeated, and one with a change in each. */
  static Stream<byte[]> scripts() {
    return Stream.of(
        new byte[] {0},
        new byte[] {8, 1, 11, 2, 14, 3},
        new byte[] {16, 1, 40, 1, 19, 2, 3, 4, 22, 3, 5, 6, 8, 1, 11, 2, 14, 3},
        new byte[] {0, 3, 1, 0, 0, 2, 3, 2, 1, 4, 5, 3, 3, (byte) 0xf5});
  }

  @MethodSource("scripts")
  @FuzzTest
  void endsWithEqualKeysOrNoneAndCompletesWhenLeftAlone(@NotNull byte[] script) throws Exception {
    Game game = new Game(new ByteReader(Bytes.copyOf(script)));
    game.play();
    game.complete();
  }

  private static PrivateKey key(long seed) {
    return PrivateKey.generate(
        KeyCurve.X25519, PRIMITIVES.curves(), new InsecureSeededRandom(seed));
  }

  private static EdhocSettings settings(PrivateKey own, PrivateKey peer) throws CoseException {
    Credential credential = credential(own);
    return EdhocSettings.builder(
            PRIMITIVES, List.of(CipherSuites.standard().require(0)), Set.of(Method.DH_DH))
        .identities(
            Identity.staticDh(
                IdCred.kid(credential.kid().orElseThrow()),
                credential,
                own.agreement(PRIMITIVES.curves())))
        .peers(PinnedCredentials.of(PRIMITIVES.symmetric(), credential(peer)))
        .message4()
        .build();
  }

  private static Credential credential(PrivateKey key) {
    return Credential.ccsOf("x", key.publicKey().withKid(key.publicKey().x().slice(0, 2)));
  }

  /** One initiator, one responder, and what they made of the script. */
  private static final class Game {
    private final ByteReader script;
    private final InitiatorRun initiator;
    private final ResponderRun responder;
    private final List<Bytes> genuine = new ArrayList<>();
    private Optional<EdhocSession> alices = Optional.empty();
    private Optional<EdhocSession> bobs = Optional.empty();

    Game(ByteReader script) throws CoseException {
      this.script = script;
      EdhocSettings bob = settings(BOB, ALICE);
      this.initiator =
          InitiatorRun.begin(
              settings(ALICE, BOB), Method.DH_DH, ConnectionId.of(1), new InsecureSeededRandom(3));
      ResponderStep answer =
          ResponderRun.receive(
              bob, initiator.message1(), cI -> ConnectionId.of(2), new InsecureSeededRandom(4));
      this.responder = ((ResponderStep.SendMessage2) answer).run();
      genuine.add(initiator.message1());
      genuine.add(responder.message2());
    }

    void play() throws Exception {
      for (int step = 0; step < MOST_STEPS && script.remaining() > 4; step++) {
        int what = script.u8();
        deliver(what & 7, message(what >> 3 & 3));
        assertEqualOrNothing();
      }
    }

    private Bytes message(int kind) {
      int number = script.u8();
      if (kind == 0 || kind == 3) {
        return script.bytes(Math.min(number, script.remaining()));
      }
      Bytes message = genuine.get(number % genuine.size());
      if (kind == 1) {
        return message;
      }
      byte[] octets = message.toArray();
      octets[script.u8() % octets.length] ^= (byte) script.u8();
      return Bytes.owned(octets);
    }

    private void deliver(int entrance, Bytes message) {
      switch (entrance) {
        case 0, 1 -> onInitiator(initiator.onMessage2(message, NOW));
        case 2 -> onInitiator(initiator.onMessage4(message));
        case 3 -> onInitiator(initiator.onError(message));
        case 4, 5 -> onResponder(responder.onMessage3(message, NOW));
        case 6 -> onResponder(responder.onError(message));
        default -> {
          ResponderStep another = another(message);
          assertThat(another).isNotNull();
        }
      }
    }

    private static ResponderStep another(Bytes message1) {
      try {
        return ResponderRun.receive(
            settings(BOB, ALICE),
            message1,
            cI -> ConnectionId.of(cI.equals(ConnectionId.of(5)) ? 6 : 5),
            new InsecureSeededRandom(5));
      } catch (CoseException impossible) {
        throw new AssertionError(impossible);
      }
    }

    private void onInitiator(InitiatorStep step) {
      if (step instanceof InitiatorStep.SendMessage3 next) {
        assertThat(alices).as("one message_3").isEmpty();
        alices = Optional.of(next.session());
        genuine.add(next.message3());
      } else if (step instanceof InitiatorStep.Completed done) {
        assertThat(done.session().isConfirmed()).isTrue();
      }
    }

    private void onResponder(ResponderStep step) {
      if (step instanceof ResponderStep.Completed done) {
        assertThat(bobs).as("one session").isEmpty();
        bobs = Optional.of(done.session());
        genuine.add(done.message4().orElseThrow());
      }
    }

    private void assertEqualOrNothing() {
      bobs.ifPresent(session -> assertThat(session.th4()).isEqualTo(alices.orElseThrow().th4()));
      boolean confirmed = alices.map(EdhocSession::isConfirmed).orElse(false);
      assertThat(confirmed).isIn(false, bobs.isPresent());
    }

    /** Whatever was refused before, the genuine messages are taken. */
    void complete() {
      if (alices.isEmpty()) {
        onInitiator(initiator.onMessage2(responder.message2(), NOW));
      }
      if (bobs.isEmpty()) {
        onResponder(responder.onMessage3(genuine.get(2), NOW));
      }
      if (!alices.orElseThrow().isConfirmed()) {
        onInitiator(initiator.onMessage4(genuine.get(3)));
      }
      assertThat(alices.orElseThrow().isConfirmed()).isTrue();
      assertThat(bobs.orElseThrow().th4()).isEqualTo(alices.orElseThrow().th4());
    }
  }
}
