package dev.moat.oscore.rekey;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A small map that event loops share: read all the time, changed seldom. Each change copies it.
 *
 * @param <K> what is looked up
 * @param <V> what is found
 */
public final class SharedMap<K, V> {
  private final AtomicReference<Map<K, V>> current = new AtomicReference<>(Map.of());

  /** Starts empty. */
  public SharedMap() {}

  /** Adds an entry; false, and nothing changes, when the key is there. */
  public boolean add(K key, V value) {
    while (true) {
      Map<K, V> before = entries();
      if (before.containsKey(key)) {
        return false;
      }
      Map<K, V> after = new HashMap<>(before);
      after.put(key, value);
      if (current.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /** Removes an entry; does nothing when it is not there. */
  public void remove(K key) {
    while (true) {
      Map<K, V> before = entries();
      if (!before.containsKey(key)) {
        return;
      }
      Map<K, V> after = new HashMap<>(before);
      after.remove(key);
      if (current.compareAndSet(before, after)) {
        return;
      }
    }
  }

  /** What {@code key} stands for; null when nothing. */
  public @Nullable V get(K key) {
    return entries().get(key);
  }

  /** True when nothing is there. */
  public boolean isEmpty() {
    return entries().isEmpty();
  }

  private Map<K, V> entries() {
    return Objects.requireNonNull(current.get());
  }
}
