package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.foe.attack.ClearSight;
import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.scenario.Direction;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the messages what stood in the attack's way. It names the mechanism of a verdict and
 * never decides one: that is up to the applications.
 */
final class Attribution {
  private final Set<Mechanism> seen = EnumSet.noneOf(Mechanism.class);
  private @Nullable Message released;
  private @Nullable Message lastRequest;
  private @Nullable Message lastBlock;

  /** A datagram that reached Foe. */
  void onDatagram(Direction direction, Bytes datagram) {
    ClearSight.decode(datagram)
        .filter(message -> !message.isEmpty())
        .ifPresent(message -> onMessage(direction, message));
  }

  private void onMessage(Direction direction, Message message) {
    if (direction == Direction.TO_SERVER) {
      lastRequest = message;
      if (message.options().block1().isPresent()) {
        lastBlock = message;
      }
    } else if (isChallenge(message) && answers(message, released)) {
      // The stale request was asked for a proof of freshness that it cannot give (RFC 9175, 2.3).
      seen.add(Mechanism.ECHO);
    }
  }

  /** A datagram that Foe delivers after it held it. */
  void onReleased(Direction direction, Bytes datagram) {
    Message message = ClearSight.decode(datagram).orElse(null);
    if (message == null) {
      return;
    }
    if (direction == Direction.TO_SERVER) {
      released = message;
      if (hasForeignTag(message)) {
        seen.add(Mechanism.REQUEST_TAG);
      }
    } else if (lastRequest != null && !lastRequest.token().equals(message.token())) {
      // The client waits for another token than the stale response has (RFC 9175, 4.2).
      seen.add(Mechanism.TOKENS);
    }
  }

  /** The released block belongs to another operation than the one in progress (RFC 9175, 3.5.1). */
  private boolean hasForeignTag(Message message) {
    Message current = lastBlock;
    return current != null
        && message.options().block1().isPresent()
        && !tagOf(current).equals(tagOf(message));
  }

  private static Optional<Bytes> tagOf(Message message) {
    return message.options().first(OptionNumber.REQUEST_TAG);
  }

  /** A datagram that hit the victim. */
  void onVictimDatagram(Bytes datagram) {
    ClearSight.decode(datagram)
        .filter(Attribution::isChallenge)
        .ifPresent(challenge -> seen.add(Mechanism.REACHABILITY));
  }

  /** The client refused to believe an answer, for the time that it took. */
  void onDistanceRefused() {
    seen.add(Mechanism.TIME_BOUND);
  }

  private static boolean isChallenge(Message message) {
    return message.code() == Code.UNAUTHORIZED && message.options().has(OptionNumber.ECHO);
  }

  private static boolean answers(Message response, @Nullable Message request) {
    if (request == null) {
      return false;
    }
    return response.type() == MessageType.ACK
        ? response.messageId() == request.messageId()
        : response.token().equals(request.token());
  }

  /** What was seen; when it was several, the one that acts first. */
  Optional<Mechanism> mechanism() {
    return seen.stream().findFirst();
  }
}
