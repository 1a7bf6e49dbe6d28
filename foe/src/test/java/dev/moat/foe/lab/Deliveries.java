package dev.moat.foe.lab;

import dev.moat.foe.scenario.Direction;
import dev.moat.foe.trace.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * What reached the server, numbered by the order in which the client sent it: as sequence numbers
 * of a security layer would number it.
 */
record Deliveries(List<Delivery> delivered) {
  record Delivery(int sequence, boolean released, String text) {}

  static Deliveries of(LabRun run) {
    List<String> sent = new ArrayList<>();
    List<Delivery> delivered = new ArrayList<>();
    for (Entry entry : run.trace()) {
      if (entry.arrow().map(a -> a.direction() != Direction.TO_SERVER).orElse(true)
          || entry.text().endsWith("Empty")) {
        continue;
      }
      if (!sent.contains(entry.text())) {
        sent.add(entry.text());
      }
      Entry.Mark mark = entry.arrow().orElseThrow().mark();
      if (mark == Entry.Mark.PASSED || mark == Entry.Mark.RELEASED) {
        delivered.add(
            new Delivery(sent.indexOf(entry.text()), mark == Entry.Mark.RELEASED, entry.text()));
      }
    }
    return new Deliveries(delivered);
  }

  /** True when nothing newer than the released message was delivered before it. */
  boolean releasedIsNewest() {
    int newest = -1;
    for (Delivery delivery : delivered) {
      if (delivery.released()) {
        return delivery.sequence() > newest;
      }
      newest = Math.max(newest, delivery.sequence());
    }
    throw new AssertionError("nothing was released");
  }

  /**
   * True when the last first block and the last final block that the server got rise in sequence.
   */
  boolean joinedBlocksRise() {
    int first = -1;
    for (Delivery delivery : delivered) {
      if (delivery.text().contains("Block1:0/more")) {
        first = delivery.sequence();
      } else if (delivery.text().contains("Block1:1/last")) {
        return delivery.sequence() > first;
      }
    }
    throw new AssertionError("no operation was complete");
  }
}
