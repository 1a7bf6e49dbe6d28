package dev.moat.endpoint.stack;

import dev.moat.bytes.RandomSource;
import java.util.Optional;

/**
 * What carries the messages of a stack, as far as its stages care.
 *
 * @param config what the stack was told
 * @param random for the stages
 * @param rooms what one message to a peer can hold; empty over datagrams, where no peer tells
 */
record Carriage(StackConfig config, RandomSource random, Optional<PeerRooms> rooms) {
  static Carriage datagrams(StackConfig config, RandomSource random) {
    return new Carriage(config, random, Optional.empty());
  }

  static Carriage connections(StackConfig config, RandomSource random, PeerRooms rooms) {
    return new Carriage(config, random, Optional.of(rooms));
  }

  /** True when messages can be neither lost, repeated nor overtaken between the two ends. */
  boolean isReliable() {
    return rooms.isPresent();
  }
}
