package dev.moat.foe.trace;

import dev.moat.foe.scenario.Direction;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that happened.
 *
 * @param micros when, in microseconds since the run began
 * @param kind whose doing it was
 * @param arrow for a message, how it went through Foe
 * @param text what happened, without line breaks
 */
public record Entry(long micros, Kind kind, Optional<Arrow> arrow, String text) {
  private static final double MICROS_PER_SECOND = 1e6;

  /** One line of evidence. */
  public String line() {
    String who = arrow.map(Arrow::drawn).orElse(kind.title);
    return String.format(Locale.ROOT, "%8.3f s  %-22s %s", micros / MICROS_PER_SECOND, who, text);
  }

  /** Whose doing it was. */
  public enum Kind {
    /** A datagram came to Foe or left it. */
    MESSAGE("message"),
    /** The client's application did, learned or believes something. */
    CLIENT("client"),
    /** The server's application did something. */
    SERVER("server"),
    /** Foe did something that is no message. */
    FOE("foe"),
    /** Time passed. */
    TIME("time"),
    /** An endpoint's stack refused or dropped something and said so. */
    STACK("stack");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The word for people. */
    public String title() {
      return title;
    }
  }

  /**
   * A message on its way.
   *
   * @param direction which way
   * @param mark what Foe did with it
   * @param name what Foe calls it, when it was held; else empty
   */
  public record Arrow(Direction direction, Mark mark, String name) {
    /** The arrow in the ladder's own signs. */
    public String drawn() {
      boolean right = direction == Direction.TO_SERVER;
      return switch (mark) {
        case PASSED -> right ? "C ------------> S" : "C <------------ S";
        case DROPPED -> right ? "C -----> X      S" : "C      X <----- S";
        case HELD -> right ? "C -----> @" + name : "C @" + name + " <-- S";
        case RELEASED -> right ? name + "@ -----> S" : "C <----- " + name + "@";
        case DELAYED -> right ? "C --(delay)---> S" : "C <--(delay)--- S";
        case DUPLICATED -> right ? "C --(copies)--> S" : "C <--(copies)-- S";
        case FORGED -> right ? name + "! -----> S" : "C <----- " + name + "!";
        case ALTERED -> right ? "C --(altered)-> S" : "C <-(altered)-- S";
        case SPOOFED -> right ? "V --(spoofed)-> S" : "V <------------ S";
      };
    }
  }

  /** What became of a message at Foe. */
  public enum Mark {
    /** Handed on. */
    PASSED,
    /** Never delivered. */
    DROPPED,
    /** Kept for later. */
    HELD,
    /** Delivered after it was held. */
    RELEASED,
    /** Delivered after a while. */
    DELAYED,
    /** Delivered more than once. */
    DUPLICATED,
    /** Made by Foe. */
    FORGED,
    /** Replaced by another on its way. */
    ALTERED,
    /** Sent in the victim's name, or received by the victim. */
    SPOOFED
  }
}
