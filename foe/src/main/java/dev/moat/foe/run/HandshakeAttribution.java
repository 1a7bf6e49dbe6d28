package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.service.Event;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.foe.attack.HandshakeSight;
import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.path.Format;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Fate;
import dev.moat.foe.scenario.HandshakeMessage;
import dev.moat.foe.scenario.Step;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads from messages and from what stacks say what stood in the way of attacks on a handshake. */
final class HandshakeAttribution {
  private static final Set<HandshakeMessage> ANSWERS =
      EnumSet.of(HandshakeMessage.MESSAGE_2, HandshakeMessage.MESSAGE_4, HandshakeMessage.DONE);

  private final boolean foeRepeats;
  private final HandshakeSight sight = new HandshakeSight();
  private final Set<Mechanism> seen = EnumSet.noneOf(Mechanism.class);
  private final Set<Bytes> answers = new HashSet<>();
  private boolean errorForged;
  private boolean firstMessageDelivered;

  /**
   * Has seen nothing yet.
   *
   * @param steps the ladder, which says whether it is Foe who repeats messages
   */
  HandshakeAttribution(List<Step> steps) {
    this.foeRepeats = steps.stream().anyMatch(HandshakeAttribution::repeats);
  }

  private static boolean repeats(Step step) {
    return (step instanceof Step.Forge forge && forge.craft().recorded().isPresent())
        || (step instanceof Step.Meet meet && meet.fate() instanceof Fate.Duplicate);
  }

  /** A datagram that reached Foe. */
  void onDatagram(Direction direction, Bytes datagram) {
    Optional<HandshakeMessage> kind = sight.messageIn(datagram);
    sight.noticed(datagram);
    boolean answer = direction == Direction.TO_CLIENT && kind.filter(ANSWERS::contains).isPresent();
    if (answer && !answers.add(payloadOf(datagram)) && foeRepeats) {
      // The very octets of an earlier answer: nothing was computed anew (RFC 9528, Section 7).
      seen.add(Mechanism.SAME_ANSWER);
    }
  }

  private static Bytes payloadOf(Bytes datagram) {
    return Format.UDP.decode(datagram).map(Message::payload).orElse(Bytes.empty());
  }

  /** A datagram that Foe delivers after it held it. */
  void onReleased(Direction direction, Bytes datagram) {
    firstMessageDelivered |=
        direction == Direction.TO_SERVER
            && sight.messageIn(datagram).equals(Optional.of(HandshakeMessage.MESSAGE_1));
  }

  /** Foe sent what it made itself. */
  void onForged(Step.Forge step, Bytes datagram) {
    sight.noticed(datagram);
    errorForged |= step.craft().message() == HandshakeMessage.ERROR;
    firstMessageDelivered |= step.craft().message() == HandshakeMessage.MESSAGE_1;
  }

  /** An endpoint's stack says something. */
  void onEvent(Event event) {
    if (event instanceof HandshakeEvent.MessageRejected rejected) {
      seen.add(mechanism(rejected.reason()));
    } else if (event instanceof HandshakeEvent.ProofDemanded) {
      seen.add(Mechanism.REACHABILITY);
    } else if (event instanceof HandshakeEvent.Completed && errorForged) {
      seen.add(Mechanism.PATIENCE);
    }
  }

  private static Mechanism mechanism(EdhocException.Reason reason) {
    return switch (reason) {
      case UNKNOWN_CREDENTIAL,
          UNSUPPORTED_CREDENTIAL,
          UNTRUSTED_CREDENTIAL,
          OWN_CREDENTIAL,
          IDENTITY_REFUSED,
          UNSUITABLE_KEY ->
          Mechanism.AUTHENTICATION;
      case WRONG_SUITE, NO_COMMON_SUITE, BAD_SUITES -> Mechanism.SUITES;
      default -> Mechanism.TRANSCRIPT;
    };
  }

  /** What was seen; when it was several, the one that acts first; where nothing was, message_3. */
  Optional<Mechanism> mechanism() {
    if (seen.isEmpty() && firstMessageDelivered) {
      return Optional.of(Mechanism.MESSAGE_3);
    }
    return seen.stream().findFirst();
  }
}
