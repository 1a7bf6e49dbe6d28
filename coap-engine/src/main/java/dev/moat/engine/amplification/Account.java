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
  private boolean answered;
  long lastUseNanos;

  Account(Peer address, int factor, int firstAnswerOctets) {
    super(address);
    this.factor = factor;
    this.firstAnswerOctets = firstAnswerOctets;
  }

  /**
   * The longest datagram that may go out unasked: {@code factor} times what came in less what went
   * out.
   */
  public int budgetOctets() {
    return (int) Math.max(0, Math.min(factor * in - out, Integer.MAX_VALUE));
  }

  /**
   * The longest answer to a datagram of {@code requestOctets}: {@code factor} times that datagram
   * and all before, less what went out; at least {@code factor} times that datagram; and, when
   * nothing went out yet, at least the first answer's allowance.
   *
   * <p>So in all no more goes out than {@code factor} times what came in and one first answer.
   * Counted with the headers below CoAP, as RFC 9175 does, that is never more than {@code factor}
   * times what came in.
   */
  public int budgetOctets(int requestOctets) {
    int first = answered ? 0 : firstAnswerOctets;
    return Math.max(Math.max(first, factor * requestOctets), budgetOctets());
  }

  /** Notes a datagram that came in. */
  void received(int octets, long nowNanos) {
    in += octets;
    lastUseNanos = nowNanos;
  }

  /** Notes a datagram that went out. */
  public void sent(int octets) {
    out += octets;
    answered = true;
  }

  /** Notes an Empty message that went out, which leaves the first answer still to come. */
  public void sentEmpty(int octets) {
    out += octets;
  }
}
