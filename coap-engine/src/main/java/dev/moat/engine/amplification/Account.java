package dev.moat.engine.amplification;

import dev.moat.coap.service.Peer;
import dev.moat.engine.table.PeerEntry;

/**
 * What came from and went to one unproven address, whatever its ports. Owned by its {@link
 * AddressLedger}.
 */
public final class Account extends PeerEntry {
  private final int factor;
  private final int firstAnswerOctets;
  private long in;
  private long out;
  long lastUseNanos;

  Account(Peer address, int factor, int firstAnswerOctets) {
    super(address);
    this.factor = factor;
    this.firstAnswerOctets = firstAnswerOctets;
  }

  /**
   * The longest datagram that may go out now: {@code factor} times what came in less what went out,
   * but for the first one at least the first answer's allowance.
   */
  public int budgetOctets() {
    long earned = factor * in - out;
    long granted = out == 0 ? Math.max(firstAnswerOctets, earned) : Math.max(0, earned);
    return (int) Math.min(granted, Integer.MAX_VALUE);
  }

  /**
   * True when a challenge of this length may answer a datagram of {@code request} octets. A
   * challenge need not be covered by what went before, because it is the only way out; it must be
   * by the datagram that it answers.
   */
  public boolean allowsChallenge(int challengeOctets, int requestOctets) {
    return challengeOctets <= Math.max(budgetOctets(), factor * requestOctets);
  }

  /** Notes a datagram that came in. */
  void received(int octets, long nowNanos) {
    in += octets;
    lastUseNanos = nowNanos;
  }

  /** Notes a datagram that went out. */
  public void sent(int octets) {
    out += octets;
  }
}
