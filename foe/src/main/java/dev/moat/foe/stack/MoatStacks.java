package dev.moat.foe.stack;

import dev.moat.engine.block.Concurrency;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * The columns of this lab: Moat's stack without remedies, with each alone, and as it comes. All
 * without security.
 */
public final class MoatStacks {
  private MoatStacks() {}

  /** From the barest to the default. */
  public static List<StackUnderTest> all() {
    List<StackUnderTest> all = new ArrayList<>();
    all.add(
        new MoatStack(
            "rfc7252",
            "RFC 7252 and 7959 and nothing newer: two-valued API, tokens used again, no Echo, no Request-Tag",
            EnumSet.noneOf(Remedy.class)));
    for (Remedy remedy : Remedy.values()) {
      all.add(
          new MoatStack(
              "rfc9175:" + remedy.word(),
              "rfc7252 with " + remedy.description(),
              EnumSet.of(remedy)));
    }
    all.add(
        new MoatStack(
            "moat",
            "Moat's defaults, except that actuators are explicitly allowed to act without security",
            EnumSet.allOf(Remedy.class)));
    return List.copyOf(all);
  }

  /** Moat with one of the three answers that RFC 9175, Section 3.3, has for a second operation. */
  public static StackUnderTest withConcurrency(Concurrency concurrency) {
    String name = "moat:" + concurrency.name().toLowerCase(Locale.ROOT);
    return new MoatStack(name, "Moat's defaults", EnumSet.allOf(Remedy.class), concurrency);
  }
}
