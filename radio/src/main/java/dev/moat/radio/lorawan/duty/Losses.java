package dev.moat.radio.lorawan.duty;

/** How often packets are lost. */
@FunctionalInterface
public interface Losses {
  /**
   * How many copies of a packet are lost before one arrives.
   *
   * @param packet the packet's place among those of the exchange, from 0
   * @return 0 or more
   */
  int of(int packet);

  /** Nothing is lost. */
  static Losses none() {
    return each(0);
  }

  /**
   * Every packet is sent this often again.
   *
   * @throws IllegalArgumentException when it is negative
   */
  static Losses each(int retransmissions) {
    if (retransmissions < 0) {
      throw new IllegalArgumentException(
          "there are 0 retransmissions or more, not " + retransmissions);
    }
    return packet -> retransmissions;
  }
}
