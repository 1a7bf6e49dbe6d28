package dev.moat.engine;

import dev.moat.coap.service.Context;

/**
 * How much may be sent to an address that has not shown that it receives what is sent to it (RFC
 * 9175, Section 2.4, item 3, and Section 2.6).
 *
 * <p>An answer may take {@code factor} times the octets of the request that it answers, or whatever
 * was earned and not used before; the first one may take {@code firstAnswerOctets} in any case. So
 * an address gets at most {@code factor} times what came from it, and one first answer. With the
 * headers of Ethernet, IP and UDP counted on both sides, as RFC 9175 does, that never exceeds
 * {@code factor} times what came in.
 *
 * @param enabled false lets every answer pass: for closed networks and for showing the attack
 * @param factor octets out for each octet in
 * @param firstAnswerOctets what the first answer may take even when the factor allows less; 136 by
 *     RFC 9175
 * @param echoWindowNanos how old an Echo value may be that proves reachability
 * @param provenNanos how long the proof holds
 * @param addresses how many unproven addresses, and how many proven ones, are remembered
 */
public record AmplificationPolicy(
    boolean enabled,
    int factor,
    int firstAnswerOctets,
    long echoWindowNanos,
    long provenNanos,
    int addresses) {

  /**
   * Present in the context of a request from an unproven address: the longest answer, in octets of
   * the whole message, that will be sent as it is. A longer answer to a safe request is replaced by
   * 4.01 with Echo; a longer answer to another one loses its payload, because a 4.01 would say that
   * it was not executed.
   */
  public static final Context.Key<Integer> ANSWER_BUDGET_OCTETS =
      new Context.Key<>("answer budget in octets");

  private static final long SECOND = 1_000_000_000L;

  /** Checks the ranges. */
  public AmplificationPolicy {
    if (factor < 1 || firstAnswerOctets < 0 || addresses < 1) {
      throw new IllegalArgumentException("factor and addresses must be at least 1");
    }
    if (echoWindowNanos <= 0 || provenNanos <= 0) {
      throw new IllegalArgumentException("times must be positive");
    }
  }

  /** Factor 3, a first answer of 136 octets, proofs that hold ten minutes, 16,384 addresses. */
  public static AmplificationPolicy defaults() {
    return new AmplificationPolicy(true, 3, 136, 300 * SECOND, 600 * SECOND, 16_384);
  }

  /** Every answer passes. */
  public static AmplificationPolicy off() {
    AmplificationPolicy on = defaults();
    return new AmplificationPolicy(
        false, on.factor, on.firstAnswerOctets, on.echoWindowNanos, on.provenNanos, on.addresses);
  }
}
