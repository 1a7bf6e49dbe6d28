package dev.moat.foe.run;

import dev.moat.foe.judge.Verdict;
import dev.moat.foe.trace.Entry;
import java.util.List;
import java.util.Optional;

/**
 * One scenario against one stack.
 *
 * @param verdict what it came to
 * @param trace what happened
 * @param disturbance why the run shows nothing, because it did not go as the ladder draws it, such
 *     as on a machine that had no time for it; empty when it did
 */
public record Run(Verdict verdict, List<Entry> trace, Optional<String> disturbance) {
  /** Keeps its own copy. */
  public Run {
    trace = List.copyOf(trace);
  }

  /** One that went as drawn. */
  public Run(Verdict verdict, List<Entry> trace) {
    this(verdict, trace, Optional.empty());
  }
}
