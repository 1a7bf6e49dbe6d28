package dev.moat.radio.lorawan;

import dev.moat.radio.lorawan.air.Signal;

/**
 * A row of a region's data rate table.
 *
 * @param number DR0 to DR15
 * @param signal how it is sent
 * @param maxAppOctets the table's N: the largest FRMPayload without FOpts when no repeater is in
 *     use
 * @param maxAppOctetsWithRepeater N when the device may be behind a repeater
 */
public record DataRate(int number, Signal signal, int maxAppOctets, int maxAppOctetsWithRepeater) {
  /** N for the repeater setting. */
  public int maxAppOctets(Repeater repeater) {
    return switch (repeater) {
      case ABSENT -> maxAppOctets;
      case POSSIBLE -> maxAppOctetsWithRepeater;
    };
  }

  @Override
  public String toString() {
    return "DR" + number + " (" + signal.label() + ")";
  }
}
