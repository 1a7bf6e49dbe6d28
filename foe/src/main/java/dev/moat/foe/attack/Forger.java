package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.scenario.Craft;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.HandshakeMessage;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Foe's own ends of handshakes: what it can make with keys of its own and with what it overhears.
 * Payloads are those of the CoAP messages.
 */
public interface Forger {
  /** Can make nothing. */
  Forger NONE =
      new Forger() {
        @Override
        public void overheard(HandshakeMessage message, Bytes payload) {}

        @Override
        public void answered(Bytes payload) {}

        @Override
        public Optional<Bytes> make(Direction direction, Craft craft) {
          return Optional.empty();
        }

        @Override
        public Optional<Bytes> swap(HandshakeMessage message, Bytes payload, OptionalInt suite) {
          return Optional.empty();
        }
      };

  /** The client sent a message. */
  void overheard(HandshakeMessage message, Bytes payload);

  /** The server answered a request of Foe's own. */
  void answered(Bytes payload);

  /** A message of Foe's own; empty when it lacks the means. */
  Optional<Bytes> make(Direction direction, Craft craft);

  /** What takes the place of a message under way; empty when Foe lacks the means. */
  Optional<Bytes> swap(HandshakeMessage message, Bytes payload, OptionalInt suite);
}
