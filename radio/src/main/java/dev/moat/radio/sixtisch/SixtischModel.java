package dev.moat.radio.sixtisch;

import dev.moat.radio.Exchange;

/** Counts the frames of an exchange; the sizes of its messages are those of CoAP payloads. */
public final class SixtischModel {
  private SixtischModel() {}

  /**
   * The cost at so many hops, with the room of {@link FrameRoom#at}.
   *
   * @throws IllegalArgumentException when the hops are out of range
   */
  public static SixtischCost cost(Exchange exchange, int hops) {
    return cost(exchange, FrameRoom.at(hops));
  }

  /** The cost with this room. */
  public static SixtischCost cost(Exchange exchange, FrameRoom room) {
    return new SixtischCost(
        room.hops(),
        exchange.messages().stream()
            .map(
                one ->
                    new MessageFrames(
                        one,
                        room.frames(one.direction(), one.octets()),
                        room.octets(one.direction())))
            .toList());
  }
}
