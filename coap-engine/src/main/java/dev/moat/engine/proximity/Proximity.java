package dev.moat.engine.proximity;

import java.util.function.Function;

/** What a round trip proves about distance. */
public sealed interface Proximity {
  /** The distance that cannot be exceeded, in metres. */
  double boundMetres();

  /** One value for each case. */
  <T> T fold(Function<WithinBound, T> withinBound, Function<CannotProve, T> cannotProve);

  /** Proved: whoever answered the challenge is at most this far away. */
  record WithinBound(double boundMetres) implements Proximity {
    @Override
    public <T> T fold(Function<WithinBound, T> withinBound, Function<CannotProve, T> cannotProve) {
      return withinBound.apply(this);
    }
  }

  /**
   * Not proved, which says nothing about where anybody is.
   *
   * @param boundMetres what the measurement does prove; infinite when it is of no use
   */
  record CannotProve(Reason reason, double boundMetres) implements Proximity {
    @Override
    public <T> T fold(Function<WithinBound, T> withinBound, Function<CannotProve, T> cannotProve) {
      return cannotProve.apply(this);
    }
  }

  /** Why a bound cannot be proved. */
  enum Reason {
    /** The round trip allows for more distance than was asked for. */
    ROUND_TRIP_TOO_LONG,
    /** A round trip of no time or less: no measurement. */
    NO_ROUND_TRIP,
    /** The peer claims to have worked longer than the whole round trip took, or a negative time. */
    PROCESSING_TIME_IMPOSSIBLE
  }
}
