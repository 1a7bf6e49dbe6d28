package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.HandshakeMessage;
import dev.moat.foe.scenario.Step;
import java.util.Optional;
import java.util.OptionalInt;

/** Foe as an end of handshakes: what its own ends say, in CoAP messages by its own hand. */
final class Impersonation {
  private final Forger forger;
  private final Hand hand = new Hand();
  private final HandshakeSight handshake = new HandshakeSight();

  Impersonation(Forger forger) {
    this.forger = forger;
  }

  /** True when {@code datagram} answers a request of Foe's own, which nobody else gets. */
  boolean takesAnswer(Bytes datagram) {
    Optional<Message> answer = ClearSight.decode(datagram).filter(hand::isAnswered);
    answer.ifPresent(message -> forger.answered(message.payload()));
    return answer.isPresent();
  }

  /** A datagram came to Foe. */
  void overhear(Direction direction, Bytes datagram) {
    Optional<HandshakeMessage> kind = handshake.messageIn(datagram);
    handshake.noticed(datagram);
    if (direction == Direction.TO_SERVER && kind.isPresent()) {
      Message request = ClearSight.decode(datagram).orElseThrow();
      hand.noticed(request);
      forger.overheard(kind.get(), request.payload());
    }
  }

  /** The datagram of a line by Foe's own hand. */
  Optional<Bytes> make(Step.Forge step, Optional<Bytes> recorded) {
    boolean repeats = step.craft().recorded().isPresent();
    Optional<Bytes> payload =
        repeats
            ? recorded.flatMap(ClearSight::decode).map(Message::payload)
            : forger.make(step.direction(), step.craft());
    boolean error = step.craft().message() == HandshakeMessage.ERROR;
    return step.direction() == Direction.TO_SERVER
        ? payload.map(hand::toServer)
        : payload.flatMap(octets -> hand.toClient(octets, error));
  }

  /** The datagram that takes the place of another. */
  Optional<Bytes> swap(Bytes datagram, OptionalInt suite) {
    Optional<Message> message = ClearSight.decode(datagram);
    Optional<HandshakeMessage> kind = handshake.messageIn(datagram);
    if (message.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    return forger
        .swap(kind.get(), message.get().payload(), suite)
        .map(payload -> Hand.with(message.get(), payload));
  }
}
