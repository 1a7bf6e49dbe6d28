package dev.moat.radio.sizes;

/** Sizes of deterministic CBOR (RFC 8949, section 3). */
public final class CborSize {
  private CborSize() {}

  /**
   * The head of an item whose argument is {@code argument}: the length of a string, the count of an
   * array or map, a tag's number or an integer.
   *
   * @throws IllegalArgumentException when {@code argument} is negative
   */
  public static int head(int argument) {
    if (argument < 0) {
      throw new IllegalArgumentException("a CBOR argument is not negative, as " + argument + " is");
    }
    if (argument < 24) {
      return 1;
    }
    if (argument < 0x100) {
      return 2;
    }
    return argument < 0x1_0000 ? 3 : 5;
  }

  /** A byte or text string of {@code octets}, with its head. */
  public static int string(int octets) {
    return head(octets) + octets;
  }

  /** An integer, negative ones included. */
  public static int integer(int value) {
    return head(value < 0 ? -1 - value : value);
  }
}
