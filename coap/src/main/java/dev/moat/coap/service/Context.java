package dev.moat.coap.service;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Typed facts that travel with a request through the filters and never reach the wire. Immutable:
 * adding a fact makes a new context that hides an older fact of the same key.
 */
public final class Context {
  private static final Context EMPTY = new Context(null, null, null);

  private final @Nullable Key<?> key;
  private final @Nullable Object value;
  private final @Nullable Context rest;

  private Context(@Nullable Key<?> key, @Nullable Object value, @Nullable Context rest) {
    this.key = key;
    this.value = value;
    this.rest = rest;
  }

  /** No facts. */
  public static Context empty() {
    return EMPTY;
  }

  /** This context and one more fact. */
  public <T> Context with(Key<T> key, T value) {
    return new Context(key, value, this);
  }

  /** The newest fact of {@code key}. */
  @SuppressWarnings("unchecked") // with() pairs every key with a value of its own type
  public <T> Optional<T> find(Key<T> wanted) {
    for (Context node = this; node != null; node = node.rest) {
      if (node.key == wanted) {
        return Optional.ofNullable((T) node.value);
      }
    }
    return Optional.empty();
  }

  /** True when a fact of {@code key} is present. */
  public boolean has(Key<?> key) {
    return find(key).isPresent();
  }

  /**
   * Names a fact; keys are compared by identity.
   *
   * @param <T> the fact's type
   */
  @SuppressWarnings("UnusedTypeParameter") // a phantom: it ties with() to find()
  public static final class Key<T> {
    private final String name;

    /** A new key; {@code name} is for people. */
    public Key(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
