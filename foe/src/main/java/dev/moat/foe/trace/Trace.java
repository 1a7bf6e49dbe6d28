package dev.moat.foe.trace;

import dev.moat.foe.scenario.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The entries of one run, in order. Bounded: what comes after the limit is only counted. */
public final class Trace {
  private static final int MAX_ENTRIES = 2000;
  private static final int NANOS_PER_MICRO = 1000;

  private final LongSupplier nanoClock;
  private final long startNanos;
  private final List<Entry> entries = new ArrayList<>();
  private int lost;

  /** An empty trace that begins now. */
  public Trace(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
  }

  /** Adds what somebody did. */
  public void add(Entry.Kind kind, String text) {
    add(kind, Optional.empty(), text);
  }

  /** Adds what became of a message. */
  public void message(Direction direction, Entry.Mark mark, String name, String text) {
    add(Entry.Kind.MESSAGE, Optional.of(new Entry.Arrow(direction, mark, name)), text);
  }

  private void add(Entry.Kind kind, Optional<Entry.Arrow> arrow, String text) {
    if (entries.size() >= MAX_ENTRIES) {
      lost++;
      return;
    }
    long micros = (nanoClock.getAsLong() - startNanos) / NANOS_PER_MICRO;
    entries.add(new Entry(micros, kind, arrow, text));
  }

  /** What has been added so far. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** How many entries did not fit. */
  public int lost() {
    return lost;
  }
}
