package dev.moat.foe.lab;

import dev.moat.foe.judge.Verdict;

/**
 * What an attack must come to.
 *
 * @param kind the verdict
 * @param mechanism the short name of what withstands or detects; empty when nothing does
 * @param why one sentence
 */
public record Expectation(Verdict.Kind kind, String mechanism, String why) {
  /** True when {@code verdict} is what was expected, by the mechanism that was expected. */
  public boolean isMetBy(Verdict verdict) {
    boolean sameMechanism =
        verdict.fold(s -> true, w -> w.mechanism().word().equals(mechanism), d -> true, n -> true);
    return verdict.kind() == kind && sameMechanism;
  }

  /** The verdict in words, such as {@code withstood by echo}. */
  public String words() {
    return kind == Verdict.Kind.WITHSTOOD ? kind.title() + " by " + mechanism : kind.title();
  }
}
