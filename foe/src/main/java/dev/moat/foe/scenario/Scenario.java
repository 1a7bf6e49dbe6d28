package dev.moat.foe.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attack: who takes part, what Foe does, and what harm would be.
 *
 * @param id such as 3, 10-proximity or amplification
 * @param title a few words
 * @param section the draft's section
 * @param story what happens, for people
 * @param cast the applications and their times
 * @param aim what the judge asks
 * @param steps the ladder
 * @param source the file's text
 */
public record Scenario(
    String id,
    String title,
    String section,
    String story,
    Cast cast,
    Aim aim,
    List<Step> steps,
    String source) {

  /** Keeps its own copy of the steps. */
  public Scenario {
    steps = List.copyOf(steps);
  }

  /** The id without its variant, such as 10. */
  public String figure() {
    int dash = id.indexOf('-');
    return dash < 0 ? id : id.substring(0, dash);
  }

  /** True when this is figure {@code number}, in any of its variants. */
  public boolean isFigure(String number) {
    return id.equals(number) || figure().equals(number);
  }

  /**
   * Who takes part.
   *
   * @param server the server's application
   * @param beliefs what the client believes at the start, by subject
   * @param freshness the server's freshness window, where it is not the stack's own
   * @param patience how long Foe waits for a message before it goes on without it
   * @param demandsProximity true when the client acts only for a server that it can prove to be
   *     near
   * @param blockOctets the size of the client's blocks, where the story depends on it
   */
  public record Cast(
      ServerSetting server,
      Map<String, String> beliefs,
      Optional<Duration> freshness,
      Duration patience,
      boolean demandsProximity,
      OptionalInt blockOctets) {
    /** Keeps its own copy of the beliefs. */
    public Cast {
      beliefs = Map.copyOf(beliefs);
    }
  }

  /**
   * What the judge asks.
   *
   * @param harms each of which alone is a success of the attack
   * @param doubts subjects of which not to know is an outcome of its own: detected
   */
  public record Aim(List<Harm> harms, List<String> doubts) {
    /** Keeps its own copies. */
    public Aim {
      harms = List.copyOf(harms);
      doubts = List.copyOf(doubts);
    }
  }
}
