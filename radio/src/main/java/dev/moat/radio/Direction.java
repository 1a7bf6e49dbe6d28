package dev.moat.radio;

/** Which way a message goes, seen from the constrained device. */
public enum Direction {
  /** From the device to the network. */
  UPLINK,
  /** From the network to the device. */
  DOWNLINK;

  /** The other way. */
  public Direction opposite() {
    return this == UPLINK ? DOWNLINK : UPLINK;
  }
}
