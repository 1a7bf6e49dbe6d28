package dev.moat.conformance.crash;

import dev.moat.coap.service.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges all lives of the endpoints together. */
final class Ledger implements Observer {
  private final Set<Seal> seals = new HashSet<>();
  private final Set<Long> accepted = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private int life;
  private int refused;

  /** The endpoints have lost their memory; what they accept from now on belongs to {@code life}. */
  void begin(int nextLife) {
    life = nextLife;
  }

  @Override
  public void sealing(Seal seal) {
    if (!seals.add(seal)) {
      faults.add(Fault.NONCE_TWICE + " in life " + life + ": " + seal);
    }
  }

  @Override
  public void sending(int receiver, Request outer) {
    // Nothing to judge: what counts is what the receiver makes of it.
  }

  @Override
  public void accepting(long request) {
    boolean first = accepted.add(request);
    if (!first || Workload.lifeOf(request) != life) {
      faults.add(Fault.REPLAY_ACCEPTED + " in life " + life + ": " + Long.toHexString(request));
    }
  }

  @Override
  public void refused() {
    refused++;
  }

  /** Everything that must not be. */
  List<String> faults() {
    return faults;
  }

  int seals() {
    return seals.size();
  }

  int acceptances() {
    return accepted.size();
  }

  int refusals() {
    return refused;
  }

  /** What can go wrong. */
  enum Fault {
    NONCE_TWICE,
    REPLAY_ACCEPTED
  }
}
