package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.testkit.Arbitrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two endpoints that wait for the genuine message whatever else comes, and a network that loses,
 * repeats, reorders, damages and makes up messages as a seed says.
 */
final class Storm {
  private static final int MOST_STEPS = 40;

  private final Arbitrary arbitrary;
  private final EdhocSettings bob;
  private final List<Bytes> foreign;
  private final List<Packet> inFlight = new ArrayList<>();
  private final List<Bytes> seen = new ArrayList<>();

  private final InitiatorRun alice;
  private Bytes alicesLatest;
  private Optional<Bytes> answeredMessage2 = Optional.empty();
  private Optional<EdhocSession> alices = Optional.empty();

  /** By message_1, which is answered alike when it is repeated. */
  private final Map<Bytes, ResponderRun> bobsRuns = new LinkedHashMap<>();

  private final Map<Bytes, Bytes> bobsMessage4 = new LinkedHashMap<>();
  private final List<EdhocSession> bobs = new ArrayList<>();

  /** To Bob a message comes with a prefix that says whether it is the first (Appendix A.2.1). */
  private record Packet(boolean toBob, boolean first, Bytes message) {}

  /**
   * A session that has begun.
   *
   * @param foreign messages of another session of these two
   */
  Storm(Arbitrary arbitrary, InitiatorRun alice, EdhocSettings bob, List<Bytes> foreign) {
    this.arbitrary = arbitrary;
    this.bob = bob;
    this.foreign = foreign;
    this.alice = alice;
    this.alicesLatest = alice.message1();
    send(new Packet(true, true, alicesLatest));
  }

  /** Lets it blow. */
  void blow() {
    for (int left = arbitrary.between(1, MOST_STEPS); left > 0; left--) {
      blowOnce();
    }
  }

  private void blowOnce() {
    int what = arbitrary.between(0, 9);
    if (what == 0) {
      repeatLatest();
    } else if (what == 1) {
      inFlight.add(madeUp());
    } else if (!inFlight.isEmpty()) {
      Packet packet = inFlight.remove(arbitrary.between(0, inFlight.size() - 1));
      switch (what) {
        case 2 -> {} // lost
        case 3 -> {
          inFlight.add(packet);
          inFlight.add(packet);
        }
        case 4 -> inFlight.add(withMessage(packet, arbitrary.damaged(packet.message())));
        case 5 -> inFlight.add(withMessage(packet, oneBitChanged(packet.message())));
        default -> deliver(packet);
      }
    }
  }

  private Packet madeUp() {
    List<Bytes> errors =
        List.of(
            new EdhocError.Unspecified("").encoded(),
            new EdhocError.WrongSuite(SuitesField.of(6, 24)).encoded(),
            new EdhocError.UnknownCredential().encoded());
    Bytes message =
        switch (arbitrary.between(0, 3)) {
          case 0 -> arbitrary.bytes(60);
          case 1 -> arbitrary.pick(errors);
          case 2 -> arbitrary.pick(foreign);
          default -> arbitrary.pick(seen);
        };
    return new Packet(arbitrary.chance(50), arbitrary.chance(50), message);
  }

  private static Packet withMessage(Packet packet, Bytes message) {
    return new Packet(packet.toBob(), packet.first(), message);
  }

  private Bytes oneBitChanged(Bytes message) {
    return message.isEmpty()
        ? message
        : Honest.flipped(
            message, arbitrary.between(0, message.length() - 1), arbitrary.between(0, 7));
  }

  private void repeatLatest() {
    inFlight.add(new Packet(true, alices.isEmpty(), alicesLatest));
  }

  private void send(Packet packet) {
    seen.add(packet.message());
    inFlight.add(packet);
  }

  private void deliver(Packet packet) {
    if (!packet.toBob()) {
      toAlice(packet.message());
    } else if (packet.first()) {
      message1ToBob(packet.message());
    } else {
      message3ToBob(packet.message());
    }
  }

  private void toAlice(Bytes message) {
    if (alices.isPresent()) {
      InitiatorStep unused = alice.onMessage4(message);
    } else if (alice.onMessage2(message, Honest.NOW) instanceof InitiatorStep.SendMessage3 next) {
      answeredMessage2 = Optional.of(message);
      alices = Optional.of(next.session());
      alicesLatest = next.message3();
      send(new Packet(true, false, alicesLatest));
    }
  }

  private void message1ToBob(Bytes message) {
    ResponderRun known = bobsRuns.get(message);
    if (known != null) {
      send(new Packet(false, false, known.message2()));
      return;
    }
    ConnectionId cR = ConnectionId.of(0x40, bobsRuns.size());
    ResponderStep step = ResponderRun.receive(bob, message, cI -> cR, arbitrary.random());
    if (step instanceof ResponderStep.SendMessage2 answer) {
      bobsRuns.put(message, answer.run());
      send(new Packet(false, false, answer.message2()));
    }
  }

  private void message3ToBob(Bytes message) {
    Bytes repeated = bobsMessage4.get(message);
    if (repeated != null) {
      send(new Packet(false, false, repeated));
      return;
    }
    for (ResponderRun run : List.copyOf(bobsRuns.values())) {
      if (run.onMessage3(message, Honest.NOW) instanceof ResponderStep.Completed done) {
        bobs.add(done.session());
        bobsMessage4.put(message, done.message4().orElseThrow());
        send(new Packet(false, false, done.message4().orElseThrow()));
      }
    }
  }

  /** Alice has answered no message_2 but the one with which Bob answered her. */
  boolean isGenuine() {
    Optional<Bytes> genuine =
        Optional.ofNullable(bobsRuns.get(alice.message1())).map(ResponderRun::message2);
    return answeredMessage2.isEmpty() || answeredMessage2.equals(genuine);
  }

  /** Both sides have shown each other the keys. */
  boolean isComplete() {
    return alices.isPresent() && alices.get().isConfirmed();
  }

  /** Keys that either side may store are those of the other, too; others cannot be stored. */
  void assertEqualOrNothing() {
    assertThat(bobs.size()).isLessThanOrEqualTo(1);
    if (!bobs.isEmpty()) {
      Honest.assertEqual(alices.orElseThrow(), bobs.get(0));
    } else {
      assertThat(isComplete()).isFalse();
      alices.ifPresent(
          session ->
              assertThatThrownBy(session::prkOutForStorage)
                  .isInstanceOf(IllegalStateException.class));
    }
  }

  /** The genuine messages get through: nothing that happened has ended the session. */
  void calm() {
    inFlight.clear();
    for (int flight = 0; flight < 2 && !isComplete(); flight++) {
      repeatLatest();
      while (!inFlight.isEmpty()) {
        deliver(inFlight.remove(0));
      }
    }
    assertThat(isComplete()).as("completes when the storm is over").isTrue();
    Honest.assertEqual(alices.orElseThrow(), bobs.get(0));
  }
}
