package dev.moat.engine.resource;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** An immutable value that several threads replace as a whole; never empty. */
final class Cell<T> {
  private final AtomicReference<T> reference;

  Cell(T initial) {
    reference = new AtomicReference<>(initial);
  }

  T now() {
    return Objects.requireNonNull(reference.get());
  }

  /** Replaces the value; gives the one before. {@code change} may run more than once. */
  T change(UnaryOperator<T> change) {
    while (true) {
      T before = now();
      if (replace(before, change.apply(before))) {
        return before;
      }
    }
  }

  /** False when the value is not {@code before} any more. */
  boolean replace(T before, T after) {
    return reference.compareAndSet(before, after);
  }
}
