package dev.moat.foe.stack;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The columns of this lab: Moat's stack without remedies, with each alone, and as it comes. All without security. */
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
              "rfc9175:" + remedy.word(), "rfc7252 with " + remedy.description(), EnumSet.of(remedy)));
    }
    all.add(
        new MoatStack(
            "moat",
            "Moat's defaults, except that actuators may act without security, which is the point of this column",
            EnumSet.allOf(Remedy.class)));
    return List.copyOf(all);
  }
}
