package dev.moat.radio.lorawan;

/**
 * Whether a repeater may stand between device and gateway, which lowers the limits of the fast data
 * rates.
 */
public enum Repeater {
  /** The device never operates with a repeater. */
  ABSENT,
  /** It may: frames leave room for the repeater's encapsulation. */
  POSSIBLE
}
