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
 * stores, drops, repeats and delays whole datagrams and may change a source address. Only where a
 * ladder has it forge messages of a handshake does it make or alter an octet.
 */
public final class Foe {
  private static final int MAX_COPY_RULES = 64;
  private static final Fate PASS = new Fate.Pass();

  private final Sight sight;
  private final Wire wire;
  private final Trace trace;
  private final Impersonation impersonation;
  private final List<CopyRule> copyRules = new ArrayList<>();
  private final Map<Direction, Fate> every = new HashMap<>();
  private final Map<String, Bytes> held = new HashMap<>();
  private Step.@Nullable Meet expected;
  private @Nullable Bytes lastMet;

  /** A Foe that so far lets everything pass. */
  public Foe(Sight sight, Forger forger, Wire wire, Trace trace) {
    this.sight = sight;
    this.impersonation = new Impersonation(forger);
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
      copyRules.add(new CopyRule(copies.direction(), octets.compact(), copies.fate()));
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
    trace.message(
        release.direction(), Entry.Mark.RELEASED, release.name(), sight.describe(datagram));
    deliver(release.direction(), datagram);
    return Optional.of(datagram);
  }

  /**
   * Sends what Foe makes itself; gives one of the datagrams, or nothing when it lacks the means.
   */
  public Optional<Bytes> forge(Step.Forge step) {
    Optional<Bytes> last = Optional.empty();
    for (int i = 0; i < step.craft().times(); i++) {
      Optional<Bytes> made = impersonation.make(step, step.craft().recorded().map(held::get));
      if (made.isEmpty()) {
        trace.add(Entry.Kind.FOE, "cannot make " + step.text());
        return last;
      }
      if (i == 0) {
        String words = sight.describe(made.get());
        String times = step.craft().times() > 1 ? ", " + step.craft().times() + " of them" : "";
        String name = step.craft().recorded().orElse("");
        trace.message(step.direction(), Entry.Mark.FORGED, name, words + times);
      }
      send(step, made.get());
      sight.noticed(step.direction(), made.get());
      last = made;
    }
    return last;
  }

  private void send(Step.Forge step, Bytes datagram) {
    if (step.craft().spoofed()) {
      wire.deliverAsVictim(datagram);
    } else {
      wire.deliver(step.direction(), datagram);
    }
  }

  /** A datagram reached Foe. */
  public void onDatagram(Direction direction, Bytes datagram) {
    if (direction == Direction.TO_CLIENT && impersonation.takesAnswer(datagram)) {
      trace.message(direction, Entry.Mark.DROPPED, "", sight.describe(datagram) + ", for Foe");
      return;
    }
    impersonation.overhear(direction, datagram);
    Optional<CopyRule> copy =
        copyRules.stream().filter(rule -> isAbout(rule, direction, datagram)).findFirst();
    if (copy.isPresent()) {
      suffer(new Arrived(direction, datagram, sight.describe(datagram)), copy.get().fate);
      return;
    }
    Step.Meet meet = expected;
    boolean wanted =
        meet != null && meet.direction() == direction && sight.isMeantBy(meet, datagram);
    Fate usual = every.getOrDefault(direction, PASS);
    if (meet != null && wanted) {
      expected = null;
      lastMet = datagram;
      suffer(
          new Arrived(direction, datagram, sight.describe(meet, datagram)),
          meet.fate() instanceof Fate.Pass ? usual : meet.fate());
    } else {
      suffer(new Arrived(direction, datagram, sight.describe(datagram)), usual);
    }
    sight.noticed(direction, datagram);
  }

  private boolean isAbout(CopyRule rule, Direction direction, Bytes datagram) {
    return rule.direction == direction && sight.isCopy(direction, rule.octets, datagram);
  }

  /** The client has given up or is served: what it sends from now on is something new. */
  public void clientRests() {
    sight.clientRests();
  }

  private void deliver(Direction direction, Bytes datagram) {
    sight.delivered(direction, datagram);
    wire.deliver(direction, datagram);
  }

  private void suffer(Arrived arrived, Fate fate) {
    fate.fold(
            new Fate.Cases<Runnable>(
                () -> () -> pass(arrived, Entry.Mark.PASSED, 1),
                () -> () -> record(arrived, Entry.Mark.DROPPED, ""),
                hold -> () -> hold(arrived, hold.name()),
                copies -> () -> pass(arrived, Entry.Mark.DUPLICATED, copies.copies()),
                delay -> () -> delay(arrived, delay),
                () -> () -> spoof(arrived),
                copy -> () -> copy(arrived, copy.name()),
                swap -> () -> swap(arrived, swap)))
        .run();
  }

  private void pass(Arrived arrived, Entry.Mark mark, int copies) {
    record(arrived, mark, "");
    for (int i = 0; i < copies; i++) {
      deliver(arrived.direction, arrived.octets);
    }
  }

  private void hold(Arrived arrived, String name) {
    record(arrived, Entry.Mark.HELD, name);
    held.put(name, arrived.octets.compact());
  }

  private void copy(Arrived arrived, String name) {
    held.put(name, arrived.octets.compact());
    record(arrived, Entry.Mark.PASSED, name);
    deliver(arrived.direction, arrived.octets);
  }

  private void swap(Arrived arrived, Fate.Swap swap) {
    Optional<Bytes> other = impersonation.swap(arrived.octets, swap.suite());
    record(arrived, other.isPresent() ? Entry.Mark.ALTERED : Entry.Mark.DROPPED, "");
    other.ifPresent(datagram -> wire.deliver(arrived.direction, datagram));
  }

  private void delay(Arrived arrived, Fate.Delay delay) {
    record(arrived, Entry.Mark.DELAYED, "");
    wire.later(delay.time(), () -> deliver(arrived.direction, arrived.octets));
  }

  private void spoof(Arrived arrived) {
    record(arrived, Entry.Mark.SPOOFED, "");
    wire.deliverAsVictim(arrived.octets);
  }

  private void record(Arrived arrived, Entry.Mark mark, String name) {
    trace.message(arrived.direction, mark, name, arrived.words);
  }

  /** A datagram at Foe, and what it makes of it. */
  private record Arrived(Direction direction, Bytes octets, String words) {}

  /** What happens to copies of a message already met. */
  private record CopyRule(Direction direction, Bytes octets, Fate fate) {}
}
