package dev.moat.cost.verdict;

import java.util.List;

/** What the figures say about one requirement. */
public sealed interface Verdict {
  /** The requirement. */
  Requirement requirement();

  /** The figures in a sentence. */
  String finding();

  /** Figures one by one, those of the requirement first; others show where it would be missed. */
  List<Case> cases();

  /**
   * The requirement is kept.
   *
   * @param requirement the requirement
   * @param finding the figures in a sentence
   * @param cases the figures
   */
  record Met(Requirement requirement, String finding, List<Case> cases) implements Verdict {
    /** Keeps a copy. */
    public Met {
      cases = List.copyOf(cases);
    }
  }

  /**
   * The requirement is missed.
   *
   * @param requirement the requirement
   * @param finding the figures in a sentence
   * @param byHowMuch how far from the limit, with unit
   * @param help what would keep it, the best first; empty when nothing known would
   * @param cases the figures
   */
  record Missed(
      Requirement requirement,
      String finding,
      String byHowMuch,
      List<String> help,
      List<Case> cases)
      implements Verdict {
    /** Keeps copies. */
    public Missed {
      help = List.copyOf(help);
      cases = List.copyOf(cases);
    }
  }

  /**
   * There is a figure and nothing to compare it with, or it says little about the device; why is in
   * the finding.
   *
   * @param requirement the requirement
   * @param finding the figures in a sentence
   * @param cases the figures
   */
  record Reported(Requirement requirement, String finding, List<Case> cases) implements Verdict {
    /** Keeps a copy. */
    public Reported {
      cases = List.copyOf(cases);
    }
  }
}
