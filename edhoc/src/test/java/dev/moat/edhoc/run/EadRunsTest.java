package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;
import static dev.moat.edhoc.run.Steps.assertRejected;
import static dev.moat.edhoc.run.Steps.completed;
import static dev.moat.edhoc.run.Steps.message2;
import static dev.moat.edhoc.run.Steps.message3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.suite.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** External authorization data, padding and GREASE (RFC 9528, Section 3.8). */
class EadRunsTest {
  private static final int LABEL = 77;

  /** Sends one critical item in every message and writes down what comes. */
  private static final class Recorder implements EadPolicy {
    private final List<String> seen = new ArrayList<>();
    private final Optional<EadField> refused;
    private final boolean onlyVerified;

    private Recorder(Optional<EadField> refused, boolean onlyVerified) {
      this.refused = refused;
      this.onlyVerified = onlyVerified;
    }

    @Override
    public Set<Integer> knownLabels() {
      return Set.of(LABEL);
    }

    @Override
    public EadHandler begin(Role role) {
      return new EadHandler() {
        @Override
        public EadItems toSend(EadField field) {
          return EadItems.of(EadItem.critical(LABEL, Bytes.utf8(field.name())));
        }

        @Override
        public boolean accepts(EadField field, List<EadItem> items, Optional<VerifiedPeer> from) {
          assertThat(items)
              .allMatch(item -> item.value().equals(Optional.of(Bytes.utf8(field.name()))));
          seen.add(field + (from.isPresent() ? " verified" : " from anyone"));
          return !refused.equals(Optional.of(field)) || (onlyVerified && from.isEmpty());
        }
      };
    }
  }

  @Test
  @Tag("LK-082")
  @Tag("LK-085")
  @Tag("LK-086")
  void handsItemsOverBeforeAndAfterThePeerIsVerified() {
    Recorder initiator = new Recorder(Optional.empty(), false);
    Recorder responder = new Recorder(Optional.empty(), false);
    Pair.Outcome outcome = pair(initiator, responder).complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
    assertThat(initiator.seen)
        .containsExactly("EAD_2 from anyone", "EAD_2 verified", "EAD_4 verified");
    assertThat(responder.seen)
        .containsExactly("EAD_1 from anyone", "EAD_3 from anyone", "EAD_3 verified");
    assertThat(outcome.message1().toHex()).contains(Bytes.utf8("EAD_1").toHex());
    assertThat(outcome.message2().toHex()).doesNotContain(Bytes.utf8("EAD_2").toHex());
  }

  @Test
  @Tag("LK-090")
  void letsTheApplicationAbortEarly() {
    Recorder none = new Recorder(Optional.empty(), false);
    Pair first = pair(none, new Recorder(Optional.of(EadField.EAD_1), false));
    assertRejected(first.receive(first.begin().message1()), Reason.EAD_REFUSED);
    Pair second = pair(new Recorder(Optional.of(EadField.EAD_2), false), none);
    InitiatorRun run = second.begin();
    Bytes message2 = message2(second.receive(run.message1())).message2();
    assertRejected(run.onMessage2(message2, NOW), Reason.EAD_REFUSED);
    assertRejected(run.onMessage2(message2, NOW), Reason.EAD_REFUSED);
  }

  @Test
  @Tag("LK-090")
  void endsTheSessionWhenAVerifiedPeersItemsAreRefused() {
    Recorder none = new Recorder(Optional.empty(), false);
    Pair pair = pair(new Recorder(Optional.of(EadField.EAD_2), true), none);
    InitiatorRun run = pair.begin();
    Bytes message2 = message2(pair.receive(run.message1())).message2();
    assertRejected(run.onMessage2(message2, NOW), Reason.EAD_REFUSED);
    assertRejected(run.onMessage2(message2, NOW), Reason.SESSION_ENDED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("LK-090")
  void letsTheResponderAbortAtMessage3(boolean onlyVerified) {
    Recorder none = new Recorder(Optional.empty(), false);
    Pair pair = pair(none, new Recorder(Optional.of(EadField.EAD_3), onlyVerified));
    InitiatorRun run = pair.begin();
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    Bytes message3 = message3(run.onMessage2(second.message2(), NOW)).message3();
    assertRejected(second.run().onMessage3(message3, NOW), Reason.EAD_REFUSED);
    Reason again = onlyVerified ? Reason.SESSION_ENDED : Reason.EAD_REFUSED;
    assertRejected(second.run().onMessage3(message3, NOW), again);
  }

  @Test
  void endsTheSessionWhenItemsOfMessage4AreRefused() {
    Recorder none = new Recorder(Optional.empty(), false);
    Pair pair = pair(new Recorder(Optional.of(EadField.EAD_4), false), none);
    InitiatorRun run = pair.begin();
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    Bytes message4 =
        completed(second.run().onMessage3(third.message3(), NOW)).message4().orElseThrow();
    assertRejected(run.onMessage4(message4), Reason.EAD_REFUSED);
    assertRejected(run.onMessage4(message4), Reason.SESSION_ENDED);
  }

  @Test
  @Tag("LK-084")
  void refusesACriticalItemThatNobodyKnows() {
    Pair base = Pair.byKid(Method.DH_DH, 2);
    Pair pair =
        base.with(
            settings(base.initiator(), new Recorder(Optional.empty(), false)), base.responder());
    ResponderStep step = pair.receive(pair.begin().message1());
    assertRejected(step, Reason.UNKNOWN_CRITICAL_EAD);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 64, 300})
  @Tag("LK-081")
  void padsMessagesToAMultiple(int multiple) {
    Pair base = Pair.byKid(Method.DH_DH, 2);
    Pair pair =
        base.with(
            copy(base.initiator()).padding(multiple).build(),
            copy(base.responder()).padding(multiple).build());
    Pair.Outcome outcome = pair.complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
    assertThat(outcome.message1().length() % multiple).isZero();
    int head2 = head(outcome.message2());
    assertThat((outcome.message2().length() - head2 - 32) % multiple).isZero();
    assertThat((outcome.message3().length() - head(outcome.message3()) - 8) % multiple).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> copy(base.initiator()).padding(0));
  }

  @ParameterizedTest
  @EnumSource(GreaseUse.class)
  void completesWithGrease(GreaseUse use) {
    Pair base = Pair.byKid(Method.SIGN_DH, 0);
    for (long seed = 1; seed <= 100; seed++) {
      Pair pair =
          base.with(
                  copy(base.initiator()).grease(use).build(),
                  copy(base.responder()).grease(use).build())
              .seeded(seed);
      Pair.Outcome outcome = pair.complete();
      Steps.assertSame(outcome.initiator(), outcome.responder());
      assertThat(outcome.initiator().suitesI().size() > 1).isEqualTo(use == GreaseUse.ALWAYS);
    }
  }

  private static int head(Bytes message) {
    return message.at(0) == 0x59 ? 3 : message.at(0) == 0x58 ? 2 : 1;
  }

  private static Pair pair(EadPolicy initiator, EadPolicy responder) {
    Pair base = Pair.byKid(Method.DH_DH, 2);
    return base.with(settings(base.initiator(), initiator), settings(base.responder(), responder));
  }

  private static EdhocSettings settings(EdhocSettings base, EadPolicy policy) {
    return copy(base).eadPolicy(policy).message4().build();
  }

  private static EdhocSettings.Builder copy(EdhocSettings base) {
    return EdhocSettings.builder(base.primitives(), base.suites(), base.methods())
        .identities(base.identities().get(0))
        .peers(base.peers());
  }
}
