package dev.moat.radio.lorawan.duty;

/** When the network may send. */
public enum Answers {
  /** As soon as the gateway's duty cycle in the default sub-band permits. */
  AT_ONCE,
  /**
   * In the two receive windows after an uplink (class A). When no window is left for a downlink,
   * the device opens one with an empty frame.
   */
  IN_RECEIVE_WINDOWS
}
