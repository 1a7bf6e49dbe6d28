package dev.moat.edhoc.coap.halfopen;

import java.time.Duration;

/**
 * What a client must show, and how often it may ask, before a server computes with public keys for
 * it (RFC 9528, Section 9.7).
 *
 * @param proof when an address has to prove by Echo that it receives what is sent to it
 * @param loadSessions from how many handshakes under way on the server is under load
 * @param loadStepsPerSecond from how many costly steps in one second on it is under load
 * @param intervalNanos how long under load a proven address waits from one costly step to the next
 */
public record GuardPolicy(
    Proof proof, int loadSessions, int loadStepsPerSecond, long intervalNanos) {
  /** Checks the ranges. */
  public GuardPolicy {
    if (loadSessions < 1 || loadStepsPerSecond < 1 || intervalNanos <= 0) {
      throw new IllegalArgumentException("thresholds and intervals must be positive");
    }
  }

  /** Proof under load, which is 256 handshakes under way or 64 costly steps a second; 1 s apart. */
  public static GuardPolicy defaults() {
    return new GuardPolicy(Proof.UNDER_LOAD, 256, 64, Duration.ofSeconds(1).toNanos());
  }

  /** This with another rule for proofs. */
  public GuardPolicy withProof(Proof other) {
    return new GuardPolicy(other, loadSessions, loadStepsPerSecond, intervalNanos);
  }

  /** This with other thresholds of load. */
  public GuardPolicy withLoad(int sessions, int stepsPerSecond) {
    return new GuardPolicy(proof, sessions, stepsPerSecond, intervalNanos);
  }

  /** This with another interval. */
  public GuardPolicy withInterval(Duration interval) {
    return new GuardPolicy(proof, loadSessions, loadStepsPerSecond, interval.toNanos());
  }

  /** When an address has to be proven. */
  public enum Proof {
    /** Before the first costly step of each handshake. */
    ALWAYS,
    /** While the server is under load. */
    UNDER_LOAD,
    /** Never: for peers that do not answer an Echo. */
    INSECURE_NEVER
  }
}
