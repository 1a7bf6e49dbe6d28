package dev.moat.foe.app;

import java.util.Optional;

/** Asks whether a measured round trip proves that the other side is near enough. */
@FunctionalInterface
public interface Distance {
  /** Why {@code roundTripNanos} proves nothing; empty when it proves nearness. */
  Optional<String> doubt(long roundTripNanos);
}
