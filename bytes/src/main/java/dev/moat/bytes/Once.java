package dev.moat.bytes;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a state may hand on once: whoever takes it, also in a race, is the only one.
 *
 * @param <T> what is handed on
 */
public final class Once<T> {
  private final AtomicReference<@Nullable T> value;

  /** Holds {@code value}. */
  public Once(T value) {
    this.value = new AtomicReference<>(value);
  }

  /**
   * Looks without taking.
   *
   * @throws IllegalStateException after {@link #take()}
   */
  public T look() {
    return require(value.get());
  }

  /**
   * Takes.
   *
   * @throws IllegalStateException when it was taken before
   */
  public T take() {
    return require(value.getAndSet(null));
  }

  private static <T> T require(@Nullable T held) {
    if (held == null) {
      throw new IllegalStateException("this state was left already");
    }
    return held;
  }
}
