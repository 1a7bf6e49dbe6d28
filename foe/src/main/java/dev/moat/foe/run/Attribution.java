package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Event;
import dev.moat.foe.judge.Insight;
import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.oscore.filter.OscoreEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the messages what stood in the attack's way. It names the mechanism of a verdict and
 * never decides one: that is up to the applications.
 */
final class Attribution {
  private static final int MAX_RESPONSES = 2000;
  // RFC 8613, Section 8.2, step 3.
  private static final String REPLAY_DETECTED = "Replay detected";

  private final Opened opened;
  private final Insight insight;
  private final boolean watchesHandshakes;
  private final Set<Mechanism> seen = EnumSet.noneOf(Mechanism.class);
  private final HandshakeAttribution shaking;
  private final Map<Bytes, Asking> askingOf = new HashMap<>();
  private boolean matchedByTokenOnly;
  private boolean responseRejected;
  private @Nullable Message released;
  private @Nullable Asking lastRequest;
  private @Nullable Message lastBlock;

  /**
   * Has seen nothing yet.
   *
   * @param opened what the senders handed to the transport
   * @param insight what the receivers read of it
   */
  Attribution(Opened opened, Insight insight, Scenario scenario) {
    this.opened = opened;
    this.insight = insight;
    this.shaking = new HandshakeAttribution(scenario.steps());
    this.watchesHandshakes = scenario.attacksHandshake();
  }

  /** A datagram that reached Foe before the ladder began. */
  void onBeforehand(Direction direction, Bytes datagram) {
    var unused = opened.message(direction, datagram);
  }

  /** A datagram that reached Foe. */
  void onDatagram(Direction direction, Bytes datagram) {
    if (watchesHandshakes) {
      shaking.onDatagram(direction, datagram);
    }
    Message message = insight.read(direction, datagram).orElse(null);
    if (message == null || message.isEmpty()) {
      return;
    }
    if (direction == Direction.TO_SERVER) {
      onRequest(datagram, message);
    } else {
      onResponse(datagram, message);
    }
  }

  private void onRequest(Bytes datagram, Message message) {
    lastRequest = new Asking(message.token(), protection(Direction.TO_SERVER, datagram));
    if (message.options().block1().isPresent()) {
      lastBlock = message;
    }
  }

  private void onResponse(Bytes datagram, Message message) {
    Asking asking = lastRequest;
    if (asking != null && askingOf.size() < MAX_RESPONSES) {
      // A copy that comes later is no answer to what was asked meanwhile.
      var unused = askingOf.putIfAbsent(datagram, asking);
    }
    if (!answers(message, released)) {
      return;
    }
    if (isChallenge(message)) {
      // The stale request was asked for a proof of freshness that it cannot give (RFC 9175, 2.3).
      seen.add(Mechanism.ECHO);
    } else if (saysReplay(datagram, message)) {
      seen.add(Mechanism.REPLAY_WINDOW);
    }
  }

  /** A datagram that Foe delivers after it held it. */
  void onReleased(Direction direction, Bytes datagram) {
    if (watchesHandshakes) {
      shaking.onReleased(direction, datagram);
    }
    // What cannot be read yet has at least the Message ID and the token that its answer will have.
    Message message =
        insight
            .read(direction, datagram)
            .or(() -> opened.message(direction, datagram))
            .orElse(null);
    if (message == null) {
      return;
    }
    if (direction == Direction.TO_SERVER) {
      released = message;
      if (hasForeignTag(message)) {
        seen.add(Mechanism.REQUEST_TAG);
      }
    } else {
      onReleasedResponse(datagram, message);
    }
  }

  private void onReleasedResponse(Bytes datagram, Message message) {
    Asking current = lastRequest;
    Asking answered = askingOf.get(datagram);
    if (current == null || answered == null) {
      return;
    }
    if (!current.token().equals(message.token())) {
      // The client waits for another token than the stale response has (RFC 9175, 4.2).
      seen.add(Mechanism.TOKENS);
    } else if (!current.protection().equals(answered.protection())) {
      // The token matches; kid and Partial IV, which the response is bound to, do not (RFC 8613,
      // Section 5.4). That the client looked at all, it has to say itself.
      matchedByTokenOnly = true;
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
    Opened.DATAGRAMS
        .message(Direction.TO_CLIENT, datagram)
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

  private boolean saysReplay(Bytes datagram, Message message) {
    return protection(Direction.TO_CLIENT, datagram).isEmpty()
        && message.code() == Code.UNAUTHORIZED
        && message.payload().toUtf8().equals(REPLAY_DETECTED);
  }

  private static boolean answers(Message response, @Nullable Message request) {
    if (request == null) {
      return false;
    }
    return response.type() == MessageType.ACK
        ? response.messageId() == request.messageId()
        : response.token().equals(request.token());
  }

  /** The OSCORE option, which names a request's key and nonce; empty without OSCORE. */
  private Optional<Bytes> protection(Direction direction, Bytes datagram) {
    return opened
        .message(direction, datagram)
        .flatMap(message -> message.options().first(OptionNumber.OSCORE));
  }

  /** Foe sent what it made itself. */
  void onForged(Step.Forge step, Bytes datagram) {
    shaking.onForged(step, datagram);
  }

  /** An endpoint's stack says something. */
  void onEvent(Event event) {
    responseRejected |= event instanceof OscoreEvent.ResponseRejected;
    if (released != null && event instanceof OscoreEvent.OutOfOrder) {
      // On connections Partial IVs come in sequence; the stale one does not (RFC 8613, Section
      // 7.4).
      seen.add(Mechanism.REPLAY_WINDOW);
    }
    shaking.onEvent(event);
  }

  /** What was seen; when it was several, the one that acts first. */
  Optional<Mechanism> mechanism() {
    if (matchedByTokenOnly && responseRejected) {
      seen.add(Mechanism.BINDING);
    }
    return seen.stream().findFirst().or(shaking::mechanism);
  }

  /** What ties a response to its request: the token, and under OSCORE kid and Partial IV. */
  private record Asking(Bytes token, Optional<Bytes> protection) {}
}
