package dev.moat.edhoc.coap;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.coap.halfopen.ConnectionIdChoice;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.rekey.SharedMap;
import java.util.Optional;

/**
 * The identifiers by which peers address this endpoint: those of its security contexts and those of
 * its handshakes, in whatever role. One that is in use is never chosen again (RFC 9668, Section
 * 4.1).
 *
 * <p>Share one among the server and the clients of an endpoint. Safe to share among threads.
 */
public final class RecipientIds {
  private final ContextTable contexts;
  private final SharedMap<Bytes, ConnectionId> reserved = new SharedMap<>();

  /** Knows the contexts of {@code contexts}, also those that are added later. */
  public RecipientIds(ContextTable contexts) {
    this.contexts = contexts;
  }

  /** The contexts by which this endpoint verifies requests. */
  public ContextTable contexts() {
    return contexts;
  }

  /** True when a context or a handshake has this identifier. */
  public boolean isTaken(Bytes id) {
    return reserved.get(id) != null || !contexts.candidates(id, Optional.empty()).isEmpty();
  }

  /**
   * Chooses and reserves an identifier, to be released; empty when none was found.
   *
   * @param other the peer's identifier, which must be another (RFC 9528, Section 3.3.3)
   */
  public Optional<ConnectionId> reserve(RandomSource random, Optional<ConnectionId> other) {
    while (true) {
      Optional<ConnectionId> id =
          ConnectionIdChoice.free(candidate -> isTaken(candidate) || is(candidate, other), random);
      if (id.isEmpty() || reserve(id.get())) {
        return id;
      }
    }
  }

  private static boolean is(Bytes candidate, Optional<ConnectionId> other) {
    return other.isPresent() && other.get().bytes().equals(candidate);
  }

  /** Reserves an identifier; false when it is reserved already. */
  public boolean reserve(ConnectionId id) {
    return reserved.add(id.bytes(), id);
  }

  /** Ends a reservation. */
  public void release(ConnectionId id) {
    reserved.remove(id.bytes());
  }
}
