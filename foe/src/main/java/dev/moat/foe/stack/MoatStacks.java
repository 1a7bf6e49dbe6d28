package dev.moat.foe.stack;

import dev.moat.engine.block.Concurrency;
import dev.moat.oscore.context.ReplayWindow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns of this lab: Moat's stack without remedies, with each alone, and as it comes; and
 * under OSCORE without remedies, and as it comes.
 */
public final class MoatStacks {
  private static final List<StackUnderTest> ALL = made();

  private MoatStacks() {}

  /** From the barest to the default; always the same ones. */
  public static List<StackUnderTest> all() {
    return ALL;
  }

  private static List<StackUnderTest> made() {
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
    all.addAll(oscore());
    all.add(
        new MoatStack(
            MoatStack.CONTROL + "lax",
            "moat:oscore, but each end takes whoever shows a credential, and the server never"
                + " finds itself under load: for control, under attacks on handshakes only",
            EnumSet.allOf(Remedy.class),
            Concurrency.CONCURRENT,
            Optional.of(EdhocKeying.lax())));
    return List.copyOf(all);
  }

  private static List<StackUnderTest> oscore() {
    return List.of(
        oscore(
            "oscore",
            "rfc7252 with RFC 8613 and its defaults, a replay window of 32 among them",
            EnumSet.noneOf(Remedy.class),
            ReplayWindow.DEFAULT_SIZE),
        oscore(
            "oscore:window-1",
            "oscore with a replay window of 1: a server that takes only what is newer than all before",
            EnumSet.noneOf(Remedy.class),
            1),
        handshaking(
            "moat:oscore",
            "Moat's defaults under OSCORE, with keys by EDHOC over the path under attack",
            Concurrency.CONCURRENT));
  }

  private static StackUnderTest oscore(
      String name, String description, EnumSet<Remedy> remedies, int replayWindow) {
    return new MoatStack(
        name,
        description,
        remedies,
        Concurrency.CONCURRENT,
        Optional.of(new PresetContexts(replayWindow)));
  }

  /** The same under OSCORE. */
  public static StackUnderTest oscoreWithConcurrency(Concurrency concurrency) {
    String name = "moat:oscore-" + concurrency.name().toLowerCase(Locale.ROOT);
    return handshaking(name, "Moat's defaults under OSCORE", concurrency);
  }

  private static StackUnderTest handshaking(
      String name, String description, Concurrency concurrency) {
    return new MoatStack(
        name,
        description,
        EnumSet.allOf(Remedy.class),
        concurrency,
        Optional.of(EdhocKeying.defaults()));
  }

  /** Moat with one of the three answers that RFC 9175, Section 3.3, has for a second operation. */
  public static StackUnderTest withConcurrency(Concurrency concurrency) {
    String name = "moat:" + concurrency.name().toLowerCase(Locale.ROOT);
    return new MoatStack(
        name, "Moat's defaults", EnumSet.allOf(Remedy.class), concurrency, Optional.empty());
  }
}
