package dev.moat.foe.run;

import dev.moat.foe.field.Field;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.trace.Entry;
import dev.moat.foe.trace.Trace;
import java.time.Duration;

/**
 * What goes before the first line of a ladder: connections, security associations, and the keys of
 * stacks that get them by messages, over the very path that Foe is on. Foe watches and lets it
 * pass; ladders that attack a handshake itself draw it.
 */
final class Overture {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Field field;
  private final Players players;
  private final Trace trace;
  private int told;
  private int ready;

  Overture(Field field, Players players, Trace trace) {
    this.field = field;
    this.players = players;
    this.trace = trace;
  }

  /** Plays it; false when somebody could not get ready. */
  boolean play() {
    Step.Caller[] callers = Step.Caller.values();
    for (Step.Caller caller : callers) {
      players.prepare(caller, succeeded -> onReady(caller, succeeded));
    }
    field.run(() -> told == callers.length, LONGEST);
    return ready == callers.length;
  }

  private void onReady(Step.Caller caller, boolean succeeded) {
    told++;
    if (succeeded) {
      ready++;
    } else {
      trace.add(
          caller == Step.Caller.CLIENT ? Entry.Kind.CLIENT : Entry.Kind.STACK,
          caller + " has no keys");
    }
  }
}
