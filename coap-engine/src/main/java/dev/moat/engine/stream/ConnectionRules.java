package dev.moat.engine.stream;

/**
 * How an engine keeps connections: what it announces, how long it is patient, and how much it holds
 * at most. Immutable.
 *
 * @param maxMessageOctets the longest message taken, which is announced as Max-Message-Size (RFC
 *     8323, Section 5.3.1)
 * @param blockWiseTransfer true announces Block-Wise-Transfer, and with it BERT when {@code
 *     maxMessageOctets} is above 1152 (Section 5.3.2)
 * @param patience how long things may take
 * @param limits how much is held
 */
public record ConnectionRules(
    int maxMessageOctets, boolean blockWiseTransfer, Patience patience, ConnectionLimits limits) {
  /** Max-Message-Size without any CSM (RFC 8323, Section 5.3.1). */
  public static final int BASE_MESSAGE_OCTETS = 1152;

  /**
   * 16 BERT blocks and 512 octets for header and options (RFC 8323, Section 5.3.2, implementation
   * note). Larger messages would save few round trips, hold up what comes behind them, and let each
   * of many connections occupy more memory with a message that never ends.
   */
  private static final int MAX_MESSAGE_OCTETS = 16 * 1024 + 512;

  /** Checks the range. */
  public ConnectionRules {
    if (maxMessageOctets < BASE_MESSAGE_OCTETS) {
      // Peers send as much before they have seen any CSM.
      throw new IllegalArgumentException(
          "a limit of " + maxMessageOctets + " octets; at least " + BASE_MESSAGE_OCTETS);
    }
  }

  /** Messages of 16.5 KiB, BERT, the defaults of patience and limits. */
  public static ConnectionRules defaults() {
    return new ConnectionRules(
        MAX_MESSAGE_OCTETS, true, Patience.defaults(), ConnectionLimits.defaults());
  }

  /** These with another longest message, at least 1152 octets. */
  public ConnectionRules withMaxMessageOctets(int octets) {
    return new ConnectionRules(octets, blockWiseTransfer, patience, limits);
  }

  /** These with or without the announcement of Block-Wise-Transfer. */
  public ConnectionRules withBlockWiseTransfer(boolean announced) {
    return new ConnectionRules(maxMessageOctets, announced, patience, limits);
  }

  /** These with other time limits. */
  public ConnectionRules withPatience(Patience other) {
    return new ConnectionRules(maxMessageOctets, blockWiseTransfer, other, limits);
  }

  /** These with other bounds. */
  public ConnectionRules withLimits(ConnectionLimits other) {
    return new ConnectionRules(maxMessageOctets, blockWiseTransfer, patience, other);
  }

  /** True when BERT blocks may be sent to this endpoint (RFC 8323, Section 5.3.2). */
  public boolean takesBert() {
    return blockWiseTransfer && maxMessageOctets > BASE_MESSAGE_OCTETS;
  }
}
