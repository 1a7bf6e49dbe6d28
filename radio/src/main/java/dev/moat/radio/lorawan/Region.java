package dev.moat.radio.lorawan;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The regions' tables.
 *
 * <p>Sources: LoRaWAN Regional Parameters RP002-1.0.1 and, where it says the same or more,
 * RP002-1.0.5; sub-bands from LoRaMac-node 4.7.0 ({@code RegionEU868.c}, {@code RegionAS923.h}).
 * Where revision 1.0.2B differs, {@code RegionTables} says so. LR-FHSS and SF5 and SF6 data rates
 * are not modelled.
 */
public enum Region {
  /**
   * Europe, 863-870 MHz: duty cycles per sub-band (ETSI EN 300 220), no dwell time. The second
   * receive window is at 869.525 MHz with DR0.
   */
  EU868(RegionTables.eu868()),

  /**
   * North America, 902-928 MHz: no duty cycle, but a packet on a 125 kHz channel lasts at most 400
   * ms (FCC 15.247), which the table's N observe. Uplinks use DR0-4, downlinks DR8-13.
   */
  US915(RegionTables.us915()),

  /**
   * Asia, 915-928 MHz, with UplinkDwellTime and DownlinkDwellTime 0. The duty cycle is 1 %, as the
   * stack's band has it; national rules differ.
   */
  AS923(RegionTables.as923()),

  /**
   * Asia, where both dwell times are 1: a packet lasts at most 400 ms, and DR0 and DR1 are unused.
   */
  AS923_DWELL(RegionTables.as923Dwell());

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable collections and values
  private final RegionTable table;

  Region(RegionTable table) {
    this.table = table;
  }

  /** All data rates that can be used, uplink or downlink, in order. */
  public List<DataRate> dataRates() {
    return table.dataRates();
  }

  /**
   * A row of the table.
   *
   * @throws IllegalArgumentException when the region has no such data rate, or nothing can be sent
   *     with it within the dwell time
   */
  public DataRate dataRate(int number) {
    return dataRates().stream()
        .filter(one -> one.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(number)));
  }

  /** The data rates a device may send with, in order. */
  public List<DataRate> uplinkDataRates() {
    return dataRates().stream().filter(one -> table.isUplink(one.number())).toList();
  }

  /**
   * The data rate of the first receive window after an uplink, with RX1DROffset 0.
   *
   * @throws IllegalArgumentException when a device cannot send with this data rate
   */
  public DataRate downlink(int uplinkDataRate) {
    requireUplink(uplinkDataRate);
    return dataRate(table.downlinkOf(uplinkDataRate));
  }

  /** The data rate of the second receive window. */
  public DataRate secondWindowDataRate() {
    return dataRate(table.secondWindowDataRate());
  }

  /** Where the second receive window is. */
  public SubBand secondWindowSubBand() {
    return table.secondWindowSubBand();
  }

  /** The sub-band of the default channels, on which devices send and the first window is. */
  public SubBand defaultSubBand() {
    return table.defaultSubBand();
  }

  /** Every sub-band, by frequency. */
  public List<SubBand> subBands() {
    return table.subBands();
  }

  /**
   * How long a packet with this data rate may last at most, in microseconds; empty when the region
   * sets no limit.
   */
  public OptionalLong dwellTimeMicros(int dataRate) {
    return table.dwellTimeMicros(dataRate(dataRate));
  }

  void requireUplink(int number) {
    DataRate known = dataRate(number);
    if (!table.isUplink(number)) {
      throw new IllegalArgumentException(
          name() + " uses " + known + " for downlinks only; uplinks use " + uplinkNames());
    }
  }

  private String unknown(int number) {
    if (table.forbidsByDwellTime(number)) {
      return name() + " sends nothing with DR" + number + " within the dwell time of 400 ms";
    }
    return name() + " has no data rate " + number + "; uplinks use " + uplinkNames();
  }

  private String uplinkNames() {
    return uplinkDataRates().stream()
        .map(one -> "DR" + one.number())
        .collect(Collectors.joining(", "));
  }
}
