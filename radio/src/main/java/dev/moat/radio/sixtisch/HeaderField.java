package dev.moat.radio.sixtisch;

/**
 * A part of a frame that is not CoAP payload, and why it has this size.
 *
 * @param layer whose header it is in
 * @param name what it is
 * @param octets its size
 * @param reason the section that defines it and what was assumed
 */
public record HeaderField(String layer, String name, int octets, String reason) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public HeaderField {
    if (octets < 0) {
      throw new IllegalArgumentException(name + " has no size below 0: " + octets);
    }
  }
}
