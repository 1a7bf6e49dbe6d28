package dev.moat.foe.scenario;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which ladders cannot be played on a path where everything arrives in the order in which it was
 * sent, or not at all. There Foe can stall, cut and delay; it cannot let one message overtake
 * another, and cannot repeat, replace or make one. Lines about retransmissions see none and hinder
 * nothing.
 */
public final class OrderedPath {
  private final Map<Direction, Deque<String>> stalled = new EnumMap<>(Direction.class);
  private final Set<Direction> cut = EnumSet.noneOf(Direction.class);

  private OrderedPath() {
    for (Direction direction : Direction.values()) {
      stalled.put(direction, new ArrayDeque<>());
    }
  }

  /**
   * The first line that cannot be and why, in one sentence; empty when the ladder can be played.
   */
  public static Optional<String> obstacle(List<Step> ladder) {
    OrderedPath path = new OrderedPath();
    Step.Cases<Optional<String>> cases =
        new Step.Cases<>(
            path::meet,
            copies -> Optional.empty(),
            path::every,
            path::release,
            forge -> Optional.of("nothing can be put between the octets of another's stream"),
            call -> Optional.empty(),
            pause -> Optional.empty(),
            act -> Optional.empty());
    for (Step step : ladder) {
      Optional<String> why = step.fold(cases);
      if (why.isPresent()) {
        return Optional.of(
            "line " + step.line() + ", " + step.text() + ", cannot be: " + why.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> meet(Step.Meet meet) {
    return suffer(meet.direction(), meet.fate());
  }

  private Optional<String> every(Step.Every every) {
    return suffer(every.direction(), every.fate());
  }

  private Optional<String> suffer(Direction direction, Fate fate) {
    return fate.fold(
        new Fate.Cases<>(
            () -> arrival(direction),
            () -> {
              cut.add(direction);
              return Optional.empty();
            },
            hold -> {
              stall(direction, hold.name());
              return Optional.empty();
            },
            copies -> Optional.of("nothing arrives twice on an ordered transport"),
            delay -> arrival(direction),
            () -> Optional.of("a stream has one source address"),
            copy -> arrival(direction),
            swap -> Optional.of("nothing can take the place of octets of another's stream")));
  }

  /** What was sent behind a cut is never to arrive, so it is stalled in vain. */
  private void stall(Direction direction, String name) {
    if (!cut.contains(direction)) {
      queue(direction).add(name);
    }
  }

  private Optional<String> arrival(Direction direction) {
    String first = queue(direction).peek();
    if (first != null) {
      return Optional.of(
          "it would overtake \"" + first + "\", and nothing overtakes on an ordered transport");
    }
    return cut.contains(direction)
        ? Optional.of("a message before it never arrives, so nothing behind that does")
        : Optional.empty();
  }

  private Optional<String> release(Step.Release release) {
    Deque<String> waiting = queue(release.direction());
    if (release.name().equals(waiting.peek())) {
      waiting.remove();
      return Optional.empty();
    }
    return waiting.contains(release.name())
        ? Optional.of(
            "it would overtake \""
                + waiting.peek()
                + "\", and nothing overtakes on an ordered transport")
        : Optional.of("a message before it never arrives, so nothing behind that does");
  }

  private Deque<String> queue(Direction direction) {
    return stalled.getOrDefault(direction, new ArrayDeque<>());
  }
}
