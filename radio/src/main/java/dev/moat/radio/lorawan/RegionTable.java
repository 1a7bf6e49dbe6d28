package dev.moat.radio.lorawan;

import dev.moat.radio.lorawan.air.Modulation;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A region as data.
 *
 * @param dataRates what can be used, in order
 * @param downlinkOf per uplink data rate that of the first receive window
 * @param forbiddenByDwellTime data rates whose shortest frame lasts too long
 * @param dwellTime whether packets on channels of 125 and 250 kHz and FSK are limited
 * @param bands the sub-bands and which serve what
 * @param secondWindowDataRate that of the second receive window
 */
record RegionTable(
    List<DataRate> dataRates,
    Map<Integer, Integer> downlinkOf,
    Set<Integer> forbiddenByDwellTime,
    DwellTime dwellTime,
    Bands bands,
    int secondWindowDataRate) {
  private static final long DWELL_MICROS = 400_000;
  private static final int WIDE_KHZ = 500;

  boolean isUplink(int number) {
    return downlinkOf.containsKey(number);
  }

  int downlinkOf(int uplink) {
    return downlinkOf.getOrDefault(uplink, uplink);
  }

  boolean forbidsByDwellTime(int number) {
    return forbiddenByDwellTime.contains(number);
  }

  OptionalLong dwellTimeMicros(DataRate rate) {
    return dwellTime == DwellTime.LIMITED && !isWide(rate)
        ? OptionalLong.of(DWELL_MICROS)
        : OptionalLong.empty();
  }

  SubBand defaultSubBand() {
    return bands.forChannels();
  }

  SubBand secondWindowSubBand() {
    return bands.forSecondWindow();
  }

  List<SubBand> subBands() {
    return bands.all();
  }

  private static boolean isWide(DataRate rate) {
    return rate.signal() instanceof Modulation lora && lora.bandwidthKhz() == WIDE_KHZ;
  }

  /** Whether a packet's duration is limited by itself. */
  enum DwellTime {
    UNLIMITED,
    LIMITED
  }

  /** The sub-bands, and which serve the default channels and the second receive window. */
  record Bands(List<SubBand> all, SubBand forChannels, SubBand forSecondWindow) {}
}
