package dev.moat.radio.lorawan;

import dev.moat.radio.Direction;

/**
 * Where and how frames are sent.
 *
 * @param dataRate the uplink's; the region tells the downlink's
 * @param fOptsOctets MAC commands that ride in every frame of both directions, 0 to 15; they take
 *     room from the application
 * @param repeater whether limits leave room for one
 * @param fragmentHeaderOctets what each fragment of a split message carries beside its share; 0 as
 *     draft-ietf-lake-reqs counts
 */
public record LorawanSettings(
    Region region, int dataRate, int fOptsOctets, Repeater repeater, int fragmentHeaderOctets) {
  /**
   * Checks that something can be sent.
   *
   * @throws IllegalArgumentException when the region knows no such uplink data rate, FOpts do not
   *     fit their field, or no room is left for the application
   */
  public LorawanSettings {
    region.requireUplink(dataRate);
    if (fOptsOctets < 0 || fOptsOctets > FrameHeader.MAX_FOPTS) {
      throw new IllegalArgumentException(
          "FOpts have 0 to " + FrameHeader.MAX_FOPTS + " octets, not " + fOptsOctets);
    }
    if (fragmentHeaderOctets < 0) {
      throw new IllegalArgumentException(
          "a fragment header has 0 octets or more, not " + fragmentHeaderOctets);
    }
    requireRoom(region.dataRate(dataRate), fOptsOctets, repeater, fragmentHeaderOctets);
    requireRoom(region.downlink(dataRate), fOptsOctets, repeater, fragmentHeaderOctets);
  }

  /** No repeater, no fragment header. */
  public LorawanSettings(Region region, int dataRate, int fOptsOctets) {
    this(region, dataRate, fOptsOctets, Repeater.ABSENT, 0);
  }

  /** What draft-ietf-lake-reqs measures with: EU868, DR0 (SF12 at 125 kHz), no FOpts. */
  public static LorawanSettings benchmark() {
    return new LorawanSettings(Region.EU868, 0, 0);
  }

  /** The same, where a repeater may be in use. */
  public LorawanSettings withRepeater() {
    return new LorawanSettings(
        region, dataRate, fOptsOctets, Repeater.POSSIBLE, fragmentHeaderOctets);
  }

  /** The same with a header in every fragment of a split message, as SCHC has one. */
  public LorawanSettings withFragmentHeaderOctets(int octets) {
    return new LorawanSettings(region, dataRate, fOptsOctets, repeater, octets);
  }

  /** The data rate of a direction. */
  public DataRate dataRate(Direction direction) {
    return switch (direction) {
      case UPLINK -> region.dataRate(dataRate);
      case DOWNLINK -> region.downlink(dataRate);
    };
  }

  /** The largest application payload of a frame in this direction: N without the FOpts. */
  public int maxAppOctets(Direction direction) {
    return dataRate(direction).maxAppOctets(repeater) - fOptsOctets;
  }

  /** The size of a frame with this much application payload. */
  public int phyOctets(int appOctets) {
    return FrameHeader.OCTETS + fOptsOctets + appOctets;
  }

  private static void requireRoom(
      DataRate rate, int fOptsOctets, Repeater repeater, int fragmentHeaderOctets) {
    int room = rate.maxAppOctets(repeater) - fOptsOctets - fragmentHeaderOctets;
    if (room <= 0) {
      throw new IllegalArgumentException(
          rate
              + " carries "
              + rate.maxAppOctets(repeater)
              + " octets, and "
              + fOptsOctets
              + " of FOpts and "
              + fragmentHeaderOctets
              + " of fragment header leave none for the application");
    }
  }
}
