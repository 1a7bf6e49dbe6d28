package dev.moat.oscore.protect;

import dev.moat.crypto.Crypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contexts used most recently, with their ciphers. Owned by one protector. */
final class KeyedContexts implements AutoCloseable {
  private final Crypto crypto;
  private final int capacity;
  private final Map<SecurityContext, KeyedContext> recent = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable KeyedContext last;

  KeyedContexts(Crypto crypto, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("ciphers for " + capacity + " contexts; at least 1");
    }
    this.crypto = crypto;
    this.capacity = capacity;
  }

  /** The context with its ciphers; CONTEXT_NOT_FOUND when it was closed. */
  KeyedContext of(SecurityContext context) throws OscoreException {
    if (context.isClosed()) {
      forget(context);
      context.requireOpen();
    }
    KeyedContext keyed = last;
    if (keyed == null || keyed.context() != context) {
      keyed = find(context);
      last = keyed;
    }
    return keyed;
  }

  private KeyedContext find(SecurityContext context) {
    KeyedContext known = recent.get(context);
    if (known != null) {
      return known;
    }
    if (recent.size() >= capacity) {
      forget(recent.keySet().iterator().next());
    }
    KeyedContext added = new KeyedContext(context, crypto);
    recent.put(context, added);
    return added;
  }

  /** Closes the ciphers of a context, if there are any. */
  void forget(SecurityContext context) {
    KeyedContext removed = recent.remove(context);
    if (removed != null) {
      removed.close();
    }
    last = null;
  }

  int size() {
    return recent.size();
  }

  @Override
  public void close() {
    recent.values().forEach(KeyedContext::close);
    recent.clear();
    last = null;
  }
}
