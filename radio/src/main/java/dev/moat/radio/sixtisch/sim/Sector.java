package dev.moat.radio.sixtisch.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/** Nodes that hear the same. Mutable; owned by one simulation. */
final class Sector {
  /** A pledge that will understand the so-manieth beacon. */
  private record Scan(long beacon, int pledge) {}

  final int id;
  final int parent;
  final List<Integer> children = new ArrayList<>();

  /** The nodes that have joined, in that order. */
  final List<Node> members = new ArrayList<>();

  /** Where it is in the list of those that have somebody to beacon to, or -1. */
  int watchedAt = -1;

  /** How many sectors that join through this one have a pledge that scans. */
  int scanningChildren;

  /** Into how many sectors the beacons of its neighbourhood are divided, as of some change. */
  int crowd;

  int crowdAsOf = -1;

  /** The slotframe for which it was drawn whether one of the members beacons, and who if so. */
  long beaconDrawn;

  int beaconing;

  private long beaconsHeard;
  private final PriorityQueue<Scan> scanning =
      new PriorityQueue<>(Comparator.comparingLong(Scan::beacon).thenComparingInt(Scan::pledge));

  Sector(int id, int parent) {
    this.id = id;
    this.parent = parent;
  }

  boolean isScanned() {
    return !scanning.isEmpty();
  }

  /** A pledge scans; of the beacons from now on it understands this one, 1 for the next. */
  void scans(int pledge, long beacon) {
    scanning.add(new Scan(beaconsHeard + beacon, pledge));
  }

  /** A beacon arrived alone: who understands it scans no longer. */
  void hears(IntConsumer understood) {
    beaconsHeard++;
    for (Scan first = scanning.peek();
        first != null && first.beacon <= beaconsHeard;
        first = scanning.peek()) {
      scanning.remove();
      understood.accept(first.pledge);
    }
  }
}
