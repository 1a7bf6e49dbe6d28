package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.crypto.HedgedRandom;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every session has keys of its own, also where the random source is broken. */
class FreshKeysTest {
  private static final int SESSIONS = 10_000;
  private static final RandomSource CONSTANT = target -> Arrays.fill(target, (byte) 0x42);

  @Test
  @Tag("LK-004")
  @Tag("LK-043")
  void noSessionOfTenThousandRepeatsAnything() throws Exception {
    Cast cast = Cast.of(3, 0);
    EdhocSettings alice = Honest.alice(cast);
    EdhocSettings bob = Honest.bob(cast);
    RandomSource random = new InsecureSeededRandom(1);
    Set<Bytes> ephemeral = new HashSet<>();
    Set<Bytes> th4 = new HashSet<>();
    Set<Bytes> prkOut = new HashSet<>();
    int[] ones = new int[256];
    for (int i = 0; i < SESSIONS; i++) {
      InitiatorRun run = InitiatorRun.begin(alice, cast.method(), Honest.C_I, random);
      ResponderStep.SendMessage2 answer =
          Honest.answered(Honest.receive(bob, run.message1(), random));
      Bytes message3 = Honest.sent(run.onMessage2(answer.message2(), Honest.NOW)).message3();
      ResponderStep.Completed done =
          Honest.completed(answer.run().onMessage3(message3, Honest.NOW));
      ephemeral.add(Message1.decode(run.message1()).gX());
      ephemeral.add(Message2.decode(answer.message2(), cast.suite()).gY());
      th4.add(done.session().th4().value());
      try (SecretBytes secret = done.session().prkOutForStorage()) {
        Bytes octets = secret.use(Bytes::copyOf);
        prkOut.add(octets);
        count(octets, ones);
      }
    }
    assertThat(ephemeral).hasSize(2 * SESSIONS);
    assertThat(th4).hasSize(SESSIONS);
    assertThat(prkOut).hasSize(SESSIONS);
    // Six standard deviations of a fair coin are 300.
    assertThat(Arrays.stream(ones).boxed().toList())
        .allSatisfy(count -> assertThat(count).isBetween(4_700, 5_300));
  }

  private static void count(Bytes octets, int[] ones) {
    for (int bit = 0; bit < ones.length; bit++) {
      ones[bit] += octets.at(bit / 8) >> (bit % 8) & 1;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.conformance.edhoc.Cast#publicKeyStories")
  @Tag("LK-060")
  void aConstantRandomSourceStillGivesEverySessionAndDeviceAKeyOfItsOwn(Cast cast)
      throws Exception {
    assertThat(gX(cast, CONSTANT)).as("without the wrapper").isEqualTo(gX(cast, CONSTANT));
    try (HedgedRandom alice = hedged(cast.alice(), "gateway 1", "first start");
        HedgedRandom other = hedged(cast.alice(), "gateway 2", "first start");
        HedgedRandom later = hedged(cast.alice(), "gateway 1", "second start");
        HedgedRandom bob = hedged(cast.bob(), "gateway 1", "first start")) {
      Set<Bytes> keys = new HashSet<>();
      for (HedgedRandom random : new HedgedRandom[] {alice, other, later, bob}) {
        keys.add(gX(cast, random));
        keys.add(gX(cast, random));
      }
      assertThat(keys).hasSize(8);
    }
  }

  private static HedgedRandom hedged(Person owner, String device, String unique)
      throws CoseException, KeyMaterialException {
    return owner.kind() == AuthenticationKind.SIGNATURE
        ? HedgedRandom.of(
            Cast.PRIMITIVES.symmetric(),
            CONSTANT,
            Bytes.utf8(device),
            Bytes.utf8(unique),
            owner.key().signing(Cast.PRIMITIVES.curves()))
        : HedgedRandom.of(
            Cast.PRIMITIVES.symmetric(),
            Cast.PRIMITIVES.curves(),
            CONSTANT,
            Bytes.utf8(device),
            Bytes.utf8(unique),
            owner.staticKey(Cast.PRIMITIVES.curves()));
  }

  /** Where there is no key pair the pre-shared key takes its part. */
  @Test
  @Tag("LK-061")
  void aPreSharedKeyMendsAConstantRandomSourceToo() throws Exception {
    Cast cast = Cast.of(3, 0);
    try (SecretBytes psk = SecretBytes.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        SecretBytes otherPsk = SecretBytes.copyOf(new byte[] {8, 7, 6, 5, 4, 3, 2, 1});
        HedgedRandom one = hedged(psk);
        HedgedRandom two = hedged(otherPsk)) {
      assertThat(Set.of(gX(cast, one), gX(cast, one), gX(cast, two), gX(cast, two))).hasSize(4);
    }
  }

  private static HedgedRandom hedged(SecretBytes psk) {
    return HedgedRandom.of(
        Cast.PRIMITIVES.symmetric(), CONSTANT, Bytes.utf8("device"), Bytes.utf8("start"), psk);
  }

  private static Bytes gX(Cast cast, RandomSource random) throws Exception {
    try (InitiatorRun run =
        InitiatorRun.begin(Honest.alice(cast), cast.method(), Honest.C_I, random)) {
      return Message1.decode(run.message1()).gX();
    }
  }
}
