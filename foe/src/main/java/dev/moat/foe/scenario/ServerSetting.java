package dev.moat.foe.scenario;

import java.time.Duration;
import java.util.Map;

/**
 * Which application the server runs, and how.
 *
 * @param kind the application
 * @param facts its initial facts by subject, such as lock to locked
 * @param answersAfter how long it takes to answer; zero answers at once
 */
public record ServerSetting(Kind kind, Map<String, String> facts, Duration answersAfter) {
  /** Keeps its own copy of the facts. */
  public ServerSetting {
    facts = Map.copyOf(facts);
  }

  /** The applications of the draft's stories. */
  public enum Kind {
    /** A door's lock at /lock: PUT "1" locks, PUT "0" unlocks, GET tells. */
    LOCK,
    /** Two thermometers behind one gateway. */
    THERMOMETERS,
    /** Acts on orders that are POSTed to /orders. */
    PRISON,
    /** Judges cases that are POSTed to /court. */
    COURT,
    /** Answers challenges that are POSTed to /challenge. */
    KEY,
    /** Has a large resource at /library. */
    LIBRARY
  }
}
