package dev.moat.conformance.crash;

import dev.moat.bytes.RandomSource;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextFingerprint;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations.Reserved;
import dev.moat.oscore.store.SecurityContextStore;
import dev.moat.oscore.store.StoredContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in memory that survives the crashes of a test, and of which reservations fail or end in a
 * crash, before they are written or after.
 */
final class FaultyStore implements SecurityContextStore {
  private static final int FAULTS_PER_MILLE = 20;

  private final Map<ContextFingerprint, Long> next = new HashMap<>();
  private final RandomSource random;

  FaultyStore(RandomSource random) {
    this.random = random;
  }

  @Override
  public StoredContext open(ContextParameters parameters, Crypto crypto) {
    ContextFingerprint context = ContextFingerprint.of(parameters, crypto);
    boolean known = next.putIfAbsent(context, 0L) != null;
    return new StoredContext(
        count -> reserve(context, count), known ? Provenance.RESTORED : Provenance.FRESH);
  }

  private Reserved reserve(ContextFingerprint context, int count) throws ReservationException {
    mayFail();
    long end = next.merge(context, (long) count, Long::sum);
    mayFail();
    return new Reserved(end - count, end);
  }

  private void mayFail() throws ReservationException {
    if (random.below(1_000) < FAULTS_PER_MILLE) {
      throw new ReservationException(ReservationException.Reason.IO, "on purpose");
    }
    if (random.below(1_000) < FAULTS_PER_MILLE) {
      throw new Crash();
    }
  }

  @Override
  public void save(String name, ContextParameters parameters) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ContextParameters> load(String name) {
    return Optional.empty();
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public void remove(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    // There is nothing to close: what it holds has to survive.
  }

  /** The end of a life. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;

    Crash() {
      super("on purpose", null, false, false);
    }
  }
}
