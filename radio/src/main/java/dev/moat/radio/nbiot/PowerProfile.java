package dev.moat.radio.nbiot;

/**
 * What the modem draws in each of its states, in microwatt.
 *
 * @param transmitMicrowatts while it sends
 * @param receiveMicrowatts while it listens
 * @param lightSleepMicrowatts while it keeps its clock between windows of a connection; no part of
 *     a handshake's cost, given for those who model waiting
 * @param deepSleepMicrowatts in power saving mode, between connections; for the battery's life
 */
public record PowerProfile(
    int transmitMicrowatts,
    int receiveMicrowatts,
    int lightSleepMicrowatts,
    int deepSleepMicrowatts) {
  private static final PowerProfile BENCHMARK = new PowerProfile(500_000, 80_000, 3_000, 15);

  /**
   * Checks that no power is negative and that the radio draws something when it is on.
   *
   * @throws IllegalArgumentException naming the field that breaks the rule
   */
  public PowerProfile {
    requireAtLeast(1, transmitMicrowatts, "transmitMicrowatts");
    requireAtLeast(1, receiveMicrowatts, "receiveMicrowatts");
    requireAtLeast(0, lightSleepMicrowatts, "lightSleepMicrowatts");
    requireAtLeast(0, deepSleepMicrowatts, "deepSleepMicrowatts");
  }

  /**
   * 500 mW to send at 23 dBm, 80 mW to listen, 3 mW in light and 0.015 mW in deep sleep: the powers
   * of 3GPP TR 45.820, which [AKE-for-NB-IoT] takes over.
   */
  public static PowerProfile benchmark() {
    return BENCHMARK;
  }

  private static void requireAtLeast(int least, int microwatts, String name) {
    if (microwatts < least) {
      throw new IllegalArgumentException(
          name + " is " + microwatts + ", and at least " + least + " is needed");
    }
  }
}
