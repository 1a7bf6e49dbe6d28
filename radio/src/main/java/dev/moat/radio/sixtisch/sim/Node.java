package dev.moat.radio.sixtisch.sim;

import java.util.ArrayDeque;

/** The MAC of a node. Mutable; owned by one simulation. */
final class Node {
  static final int ROOT = 0;

  final int id;
  final int sector;
  final Backoff backoff;
  final ArrayDeque<Frame> queue = new ArrayDeque<>();

  /** Through whom it joins or has joined; the root as long as nobody is known. */
  int parent = ROOT;

  /** In which slotframe it last sent the head of its queue. */
  long sentIn;

  Node(int id, int sector, MacSettings mac) {
    this.id = id;
    this.sector = sector;
    this.backoff = new Backoff(mac);
  }
}
