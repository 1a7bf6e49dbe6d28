package dev.moat.foe.judge;

import dev.moat.foe.app.Asked;
import dev.moat.foe.app.Deed;
import dev.moat.foe.keys.Settlement;
import dev.moat.foe.scenario.Harm;
import dev.moat.foe.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what an attack came to. A client that is sure and wrong, at any moment that counts, is a
 * success of the attack in every scenario, whatever else the scenario asks.
 */
public final class Judge {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Judge() {}

  /**
   * The verdict.
   *
   * @param mechanism what the run shows to have stood in the attack's way; without it nothing was
   *     withstood
   */
  public static Verdict judge(
      Scenario.Aim aim, Testimony testimony, Optional<Mechanism> mechanism) {
    Optional<String> harm = harms(aim, testimony).findFirst();
    if (harm.isPresent()) {
      return new Verdict.Succeeded(harm.get());
    }
    if (testimony.obstacle().isPresent()) {
      return new Verdict.NotApplicable(testimony.obstacle().get());
    }
    Optional<String> doubt = doubt(aim, testimony);
    if (doubt.isPresent()) {
      return new Verdict.Detected("client knows that it does not know: " + doubt.get());
    }
    List<String> unserved = testimony.ending().unserved();
    if (aim.unserved() && !unserved.isEmpty()) {
      return new Verdict.Detected("client knows that it was not served: " + unserved.get(0));
    }
    return mechanism
        .<Verdict>map(Verdict.Withstood::new)
        .orElseGet(
            () ->
                new Verdict.NotApplicable(
                    "no harm, but nothing in the run shows what prevented it"));
  }

  private static Stream<String> harms(Scenario.Aim aim, Testimony testimony) {
    Stream<String> falsehoods =
        testimony.moments().stream().flatMap(moment -> moment.falsehoods().values().stream());
    return Stream.concat(
        falsehoods, aim.harms().stream().flatMap(harm -> found(harm, testimony).stream()));
  }

  private static Optional<String> found(Harm harm, Testimony testimony) {
    Settlement settled = testimony.ending().settlement();
    return harm.fold(
        new Harm.Cases<>(
            belief -> Optional.empty(), // every false belief counts already
            stale -> staleDeed(stale, testimony),
            unasked -> unaskedDeed(testimony),
            amplified -> amplified(amplified.factor(), testimony.flood()),
            () -> repeatedDeed(testimony),
            () -> sentence(settled.isSharedWithFoe(), "an end took keys for good that Foe has"),
            () ->
                sentence(
                    settled.isAtOdds(), "the client relies on keys that the server does not have"),
            worse ->
                sentence(
                    settled.suites().contains(worse.suite()),
                    "a handshake was completed with suite " + worse.suite()),
            overload ->
                sentence(
                    settled.halfOpen() > overload.limit(),
                    "the server keeps " + settled.halfOpen() + " handshakes open"),
            () -> testimony.ending().unserved().stream().findFirst().map(ask -> ask + " failed")));
  }

  private static Optional<String> sentence(boolean isSo, String harm) {
    return isSo ? Optional.of(harm) : Optional.empty();
  }

  private static Optional<String> repeatedDeed(Testimony testimony) {
    for (Deed deed : testimony.deeds()) {
      long asked = testimony.asked().stream().filter(a -> deed.isWhat(a.ask())).count();
      long done = testimony.deeds().stream().filter(deed::isLike).count();
      if (done > asked) {
        return Optional.of("server executed " + deed + " " + done + " times, asked " + asked);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> staleDeed(Harm.StaleDeed harm, Testimony testimony) {
    for (Deed deed : testimony.deeds()) {
      Optional<Long> age = age(deed, testimony.asked());
      if (age.isPresent() && age.get() > harm.limit().toNanos()) {
        return Optional.of(
            "server executed "
                + deed
                + " "
                + age.get() / NANOS_PER_MILLI
                + " ms after it was asked");
      }
    }
    return Optional.empty();
  }

  /** How long before {@code deed} it was last asked for. */
  private static Optional<Long> age(Deed deed, List<Asked> asked) {
    return asked.stream()
        .filter(a -> deed.isWhat(a.ask()) && a.nanos() <= deed.nanos())
        .map(a -> deed.nanos() - a.nanos())
        .min(Long::compare);
  }

  private static Optional<String> unaskedDeed(Testimony testimony) {
    return testimony.deeds().stream()
        .filter(deed -> testimony.asked().stream().noneMatch(a -> deed.isWhat(a.ask())))
        .findFirst()
        .map(deed -> "server executed " + deed + ", which nobody asked for");
  }

  private static Optional<String> amplified(int factor, Testimony.Flood flood) {
    if (flood.receivedOctets() <= factor * flood.sentOctets()) {
      return Optional.empty();
    }
    return Optional.of(
        "victim received "
            + flood.receivedOctets()
            + " octets for "
            + flood.sentOctets()
            + " that Foe sent");
  }

  private static Optional<String> doubt(Scenario.Aim aim, Testimony testimony) {
    return testimony.moments().stream()
        .flatMap(moment -> moment.doubts().stream())
        .filter(aim.doubts()::contains)
        .findFirst();
  }
}
