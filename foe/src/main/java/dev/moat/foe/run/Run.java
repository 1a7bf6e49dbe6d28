package dev.moat.foe.run;

import dev.moat.foe.judge.Verdict;
import dev.moat.foe.trace.Entry;
import java.util.List;

/**
 * One scenario against one stack.
 *
 * @param verdict what it came to
 * @param trace what happened
 */
public record Run(Verdict verdict, List<Entry> trace) {
  /** Keeps its own copy. */
  public Run {
    trace = List.copyOf(trace);
  }
}
