package dev.moat.radio;

/**
 * A message as the radio's adaptation layer gets it.
 *
 * @param name what it is called in tables
 * @param direction which way it goes
 * @param octets its size; 0 for one that has nothing to carry at the layer that is looked at
 */
public record Message(String name, Direction direction, int octets) {
  /** The greatest size, that of a UDP payload. */
  public static final int MAX_OCTETS = 65_507;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is negative or above {@link #MAX_OCTETS}
   */
  public Message {
    if (octets < 0 || octets > MAX_OCTETS) {
      throw new IllegalArgumentException(
          "a message has 0 to " + MAX_OCTETS + " octets, and " + name + " " + octets);
    }
  }
}
