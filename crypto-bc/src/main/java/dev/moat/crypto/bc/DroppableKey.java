package dev.moat.crypto.bc;

import java.security.PrivateKey;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A private key in the form of a library that erases it itself, if at all. */
final class DroppableKey implements AutoCloseable {
  private final AtomicReference<@Nullable PrivateKey> key;

  DroppableKey(PrivateKey key) {
    this.key = new AtomicReference<>(key);
  }

  /**
   * The key.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  PrivateKey use() {
    PrivateKey present = key.get();
    if (present == null) {
      throw new IllegalStateException("this key was closed");
    }
    return present;
  }

  @Override
  public void close() {
    key.set(null);
  }
}
