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
 * @param section the draft's section, or a section of an RFC by its name
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

  /** Where the attack is described. */
  public String reference() {
    return section.startsWith("RFC") ? section : "draft, Section " + section;
  }

  /** True when the ladder draws the handshake, and so is for stacks that have one. */
  public boolean attacksHandshake() {
    return cast.handshake() != Handshake.BEFORE;
  }

  /**
   * True for the draft's figures: Foe forges nothing in them, so that they can be tried on whatever
   * transport there is.
   */
  public boolean isOfEveryTransport() {
    return Character.isDigit(id.charAt(0));
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
   * @param handshake where the handshake is, of stacks that have one
   */
  public record Cast(
      ServerSetting server,
      Map<String, String> beliefs,
      Optional<Duration> freshness,
      Duration patience,
      boolean demandsProximity,
      OptionalInt blockOctets,
      Handshake handshake) {
    /** Keeps its own copy of the beliefs. */
    public Cast {
      beliefs = Map.copyOf(beliefs);
    }
  }

  /** How a scenario treats the handshake of stacks that get their keys by one. */
  public enum Handshake {
    /** It is over before the ladder begins. */
    BEFORE,
    /** The ladder draws it: it begins with the client's first request. */
    DRAWN,
    /** The same, and the responder confirms the keys by message_4. */
    DRAWN_WITH_MESSAGE_4,
    /** The same without, and message_3 travels with the first request (RFC 9668). */
    DRAWN_COMBINED
  }

  /**
   * What the judge asks.
   *
   * @param harms each of which alone is a success of the attack
   * @param doubts subjects of which not to know is an outcome of its own: detected
   * @param unserved true when to know that a request was not served is such an outcome, too
   */
  public record Aim(List<Harm> harms, List<String> doubts, boolean unserved) {
    /** An aim in which a request that is not served is no outcome. */
    public Aim(List<Harm> harms, List<String> doubts) {
      this(harms, doubts, false);
    }

    /** Keeps its own copies. */
    public Aim {
      harms = List.copyOf(harms);
      doubts = List.copyOf(doubts);
    }
  }
}
