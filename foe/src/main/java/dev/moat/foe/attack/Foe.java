package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Fate;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.trace.Entry;
import dev.moat.foe.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The on-path attacker: gives each datagram a fate, by the ladder lines told to it so far. It
 * stores, drops, repeats and delays whole datagrams and may change a source address, but alters no
 * octet of a message.
 */
public final class Foe {
  private static final int MAX_COPY_RULES = 64;
  private static final Fate PASS = new Fate.Pass();

  private final Sight sight;
  private final Wire wire;
  private final Trace trace;
  private final List<CopyRule> copyRules = new ArrayList<>();
  private final Map<Direction, Fate> every = new HashMap<>();
  private final Map<String, Bytes> held = new HashMap<>();
  private Step.@Nullable Meet expected;
  private @Nullable Bytes lastMet;
  private boolean sawChallenge;

  /** A Foe that so far lets everything pass. */
  public Foe(Sight sight, Wire wire, Trace trace) {
    this.sight = sight;
    this.wire = wire;
    this.trace = trace;
  }

  /** The next message to wait for. */
  public void expect(Step.Meet meet) {
    expected = meet;
  }

  /** Stops waiting; what would have come next passes. */
  public void giveUp() {
    expected = null;
    lastMet = null;
  }

  /** True while the expected message has not come. */
  public boolean isWaiting() {
    return expected != null;
  }

  /** Gives copies of the message met last a fate; without such a message nothing changes. */
  public void treatCopies(Step.Copies copies) {
    Bytes octets = lastMet;
    if (octets != null && copyRules.size() < MAX_COPY_RULES) {
      copyRules.add(new CopyRule(copies.direction(), octets, copies.fate()));
    }
  }

  /** Gives everything in a direction a fate. */
  public void treatEvery(Step.Every rule) {
    every.put(rule.direction(), rule.fate());
  }

  /** Delivers what was held; empty when nothing was held under that name. */
  public Optional<Bytes> release(Step.Release release) {
    Bytes datagram = held.remove(release.name());
    if (datagram == null) {
      trace.add(
          Entry.Kind.FOE, "has nothing to release: \"" + release.name() + "\" was never held");
      return Optional.empty();
    }
    record(release.direction(), Entry.Mark.RELEASED, release.name(), datagram);
    wire.deliver(release.direction(), datagram);
    return Optional.of(datagram);
  }

  /** A datagram reached Foe. */
  public void onDatagram(Direction direction, Bytes datagram) {
    for (CopyRule rule : copyRules) {
      if (rule.direction == direction && rule.octets.equals(datagram)) {
        suffer(direction, rule.fate, datagram);
        return;
      }
    }
    sawChallenge |= sight.isChallenge(datagram);
    Step.Meet meet = expected;
    Fate usual = every.getOrDefault(direction, PASS);
    if (meet != null && meet.direction() == direction && isWanted(meet, datagram)) {
      expected = null;
      lastMet = datagram;
      suffer(direction, meet.fate() instanceof Fate.Pass ? usual : meet.fate(), datagram);
    } else {
      suffer(direction, usual, datagram);
    }
  }

  /**
   * True when this is the message that the ladder speaks of. To a server that challenges, Foe
   * stores no copy without Echo, which would be refused whenever it is released: the one with it
   * follows.
   */
  private boolean isWanted(Step.Meet meet, Bytes datagram) {
    boolean worthless =
        sawChallenge && meet.fate() instanceof Fate.Hold && sight.isUnproven(datagram);
    return !worthless && sight.fits(meet.pattern(), datagram);
  }

  private void suffer(Direction direction, Fate fate, Bytes datagram) {
    fate.fold(
            new Fate.Cases<Runnable>(
                () -> () -> pass(direction, Entry.Mark.PASSED, 1, datagram),
                () -> () -> record(direction, Entry.Mark.DROPPED, "", datagram),
                hold -> () -> hold(direction, hold.name(), datagram),
                copies -> () -> pass(direction, Entry.Mark.DUPLICATED, copies.copies(), datagram),
                delay -> () -> delay(direction, delay, datagram),
                () -> () -> spoof(direction, datagram)))
        .run();
  }

  private void pass(Direction direction, Entry.Mark mark, int copies, Bytes datagram) {
    record(direction, mark, "", datagram);
    for (int i = 0; i < copies; i++) {
      wire.deliver(direction, datagram);
    }
  }

  private void hold(Direction direction, String name, Bytes datagram) {
    record(direction, Entry.Mark.HELD, name, datagram);
    held.put(name, datagram.compact());
  }

  private void delay(Direction direction, Fate.Delay delay, Bytes datagram) {
    record(direction, Entry.Mark.DELAYED, "", datagram);
    wire.later(delay.time(), () -> wire.deliver(direction, datagram));
  }

  private void spoof(Direction direction, Bytes datagram) {
    record(direction, Entry.Mark.SPOOFED, "", datagram);
    wire.deliverAsVictim(datagram);
  }

  private void record(Direction direction, Entry.Mark mark, String name, Bytes datagram) {
    trace.message(direction, mark, name, sight.describe(datagram));
  }

  /**
   * What happens to copies of a message already met: equal octets are a retransmission (RFC 7252,
   * Section 4.2).
   */
  private record CopyRule(Direction direction, Bytes octets, Fate fate) {}
}
