package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Seeded;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any disturbance: both ends complete with the same keys or none does, and it does not last. */
class RandomSchedulesTest {
  private static final int SEEDS = 500;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-098")
  @Tag("LK-017")
  @Tag("LK-018")
  void bothCompleteAlikeOrNeitherAndAnHonestRetrySucceeds(int method) {
    Cast cast = Cast.of(method, 0);
    check(Honest.alice(cast), Honest.bob(cast), cast.method());
  }

  @Test
  @Tag("LK-098")
  void neitherDoesItLastWithAPreSharedKey() {
    check(withKey("alice", "bob"), withKey("bob", "alice"), Method.PSK);
  }

  private static EdhocSettings withKey(String own, String peer) {
    CipherSuite suite = CipherSuites.standard().require(0);
    try (SecretBytes psk = SecretBytes.copyOf(new byte[PskCredential.LEAST_OCTETS])) {
      return EdhocSettings.builder(Cast.PRIMITIVES, List.of(suite), Set.of(Method.PSK))
          .psks(PskStore.of(PskCredential.external(Bytes.of(1), psk, own, peer, suite.hash())))
          .message4()
          .build();
    }
  }

  private static void check(EdhocSettings alice, EdhocSettings bob, Method method) {
    List<Bytes> foreign = Honest.story(alice, bob, method, 1).capture();
    AtomicInteger completed = new AtomicInteger();
    Seeded.check(
        SEEDS,
        arbitrary -> {
          InitiatorRun run = InitiatorRun.begin(alice, method, Honest.C_I, arbitrary.random());
          Storm storm = new Storm(arbitrary, run, bob, foreign);
          storm.blow();
          storm.assertEqualOrNothing();
          completed.addAndGet(storm.isComplete() ? 1 : 0);
          // With a pre-shared key message_2 is not authenticated (draft, Section 5.3): Alice may
          // have
          // answered a forged one, and that session is lost. No other is.
          assertThat(storm.isGenuine() || method == Method.PSK).isTrue();
          if (storm.isGenuine()) {
            storm.calm();
          }
          if (!storm.isGenuine() || arbitrary.chance(20)) {
            Honest.Story next = Honest.story(alice, bob, method, 2);
            Honest.assertEqual(next.alice(), next.bob());
          }
        });
    // Both outcomes occur, or the schedules show little.
    if (System.getProperty("moat.trials") == null) {
      assertThat(completed.get()).isBetween(SEEDS / 20, SEEDS * 19 / 20);
    }
  }
}
