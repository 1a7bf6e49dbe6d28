package dev.moat.oscore.context;

import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The security contexts by which an endpoint verifies requests (RFC 8613, Section 8.2, step 2).
 *
 * <p>Safe to share among threads: every change makes a new map, so that looking up costs no
 * coordination.
 */
public final class ContextTable {
  /** How many contexts are tried for a kid that several have in common (Section 3.3). */
  public static final int MAX_CANDIDATES = 8;

  private final AtomicReference<Map<Bytes, List<SecurityContext>>> byRecipientId =
      new AtomicReference<>(Map.of());

  /** Starts empty. */
  public ContextTable() {}

  /**
   * Adds a context.
   *
   * @throws IllegalArgumentException when a context with the same Recipient ID and ID Context is
   *     there: no request could tell them apart
   */
  public void add(SecurityContext context) {
    var unused = byRecipientId.getAndUpdate(table -> with(table, context));
  }

  private static Map<Bytes, List<SecurityContext>> with(
      Map<Bytes, List<SecurityContext>> table, SecurityContext added) {
    List<SecurityContext> sameId =
        new ArrayList<>(table.getOrDefault(added.recipientId(), List.of()));
    for (SecurityContext other : sameId) {
      if (other.idContext().equals(added.idContext())) {
        throw new IllegalArgumentException(
            "a context with the same Recipient ID and ID Context is there: " + other);
      }
    }
    sameId.add(added);
    return put(table, added.recipientId(), sameId);
  }

  /** Removes a context, which stays the caller's to close; false when it was not there. */
  public boolean remove(SecurityContext context) {
    Map<Bytes, List<SecurityContext>> before =
        Objects.requireNonNull(byRecipientId.getAndUpdate(table -> without(table, context)));
    return before.getOrDefault(context.recipientId(), List.of()).contains(context);
  }

  /**
   * Puts a context in the place of another at once, so that no request finds neither. The one that
   * was replaced stays the caller's to close; when it was not there, the other is added all the
   * same.
   *
   * @throws IllegalArgumentException as {@link #add}
   */
  public void replace(SecurityContext replaced, SecurityContext by) {
    byRecipientId.getAndUpdate(table -> with(without(table, replaced), by));
  }

  private static Map<Bytes, List<SecurityContext>> without(
      Map<Bytes, List<SecurityContext>> table, SecurityContext removed) {
    List<SecurityContext> kept =
        new ArrayList<>(table.getOrDefault(removed.recipientId(), List.of()));
    return kept.remove(removed) ? put(table, removed.recipientId(), kept) : table;
  }

  private static Map<Bytes, List<SecurityContext>> put(
      Map<Bytes, List<SecurityContext>> table, Bytes recipientId, List<SecurityContext> contexts) {
    Map<Bytes, List<SecurityContext>> copy = new HashMap<>(table);
    if (contexts.isEmpty()) {
      copy.remove(recipientId);
    } else {
      copy.put(recipientId, List.copyOf(contexts));
    }
    return copy;
  }

  /**
   * The contexts a request may be verified with, at most {@link #MAX_CANDIDATES}: with a kid
   * context the one that has it as ID Context (Section 5.1), else all with this Recipient ID.
   */
  public List<SecurityContext> candidates(Bytes kid, Optional<Bytes> kidContext) {
    List<SecurityContext> sameId = current().getOrDefault(kid, List.of());
    if (kidContext.isEmpty()) {
      return sameId.size() <= MAX_CANDIDATES ? sameId : sameId.subList(0, MAX_CANDIDATES);
    }
    for (SecurityContext context : sameId) {
      if (context.idContext().equals(kidContext)) {
        return List.of(context);
      }
    }
    return List.of();
  }

  private Map<Bytes, List<SecurityContext>> current() {
    return Objects.requireNonNull(byRecipientId.get());
  }

  /** All contexts, in no order. */
  public List<SecurityContext> all() {
    List<SecurityContext> all = new ArrayList<>();
    current().values().forEach(all::addAll);
    return List.copyOf(all);
  }
}
