package dev.moat.radio.sixtisch;

import dev.moat.radio.Direction;

/**
 * How many octets of CoAP payload fit one frame, so that nothing is fragmented.
 *
 * @param hops from the root to the device
 * @param uplinkOctets towards the root
 * @param downlinkOctets from the root; it shrinks with every hop, as the source route grows
 */
public record FrameRoom(int hops, int uplinkOctets, int downlinkOctets) {
  /**
   * Checks all.
   *
   * @throws IllegalArgumentException when the hops are not 1 to 32 or there is no room
   */
  public FrameRoom {
    FrameHeaders.checkHops(hops, 1);
    if (uplinkOctets < 1 || downlinkOctets < 1) {
      throw new IllegalArgumentException(
          "a frame has room for at least 1 octet, not "
              + uplinkOctets
              + " up, "
              + downlinkOctets
              + " down");
    }
  }

  /**
   * The benchmark of the requirements (draft-ietf-lake-reqs, Section 2.11.2): 47 octets up, 45
   * down, 5 hops.
   */
  public static FrameRoom benchmark() {
    return new FrameRoom(5, 47, 45);
  }

  /**
   * What {@link FrameHeaders} leave of a frame: the least room of all frames on the way.
   *
   * @param hops 1 to 27: beyond, the route fills the frame
   * @throws IllegalArgumentException when the hops are out of range
   */
  public static FrameRoom at(int hops) {
    FrameHeaders.checkHops(hops, 1);
    return new FrameRoom(hops, room(Direction.UPLINK, hops), room(Direction.DOWNLINK, hops));
  }

  private static int room(Direction direction, int hops) {
    int join = FrameHeaders.FRAME_OCTETS - FrameHeaders.octets(FrameHeaders.join(direction));
    if (hops == 1) {
      return join;
    }
    int mesh = FrameHeaders.FRAME_OCTETS - FrameHeaders.octets(FrameHeaders.mesh(direction, hops));
    return Math.min(join, mesh);
  }

  /** The room of this direction. */
  public int octets(Direction direction) {
    return direction == Direction.UPLINK ? uplinkOctets : downlinkOctets;
  }

  /**
   * How many frames a payload takes when each has the same room, as with messages that the
   * transport or the application divides (Block-wise, DTLS): ceil(octets / room). No octets, no
   * frame.
   *
   * @throws IllegalArgumentException when the size is negative
   */
  public int frames(Direction direction, int octets) {
    if (octets < 0) {
      throw new IllegalArgumentException("a payload has no size below 0: " + octets);
    }
    return (int) (((long) octets + octets(direction) - 1) / octets(direction));
  }
}
