package dev.moat.oscore.rekey;

import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a security context of parameters that a procedure has just agreed on. May be called by
 * several threads.
 */
@FunctionalInterface
public interface FreshContexts {
  /**
   * The context of {@code parameters}, which stay the caller's. Whoever wants it to outlive the
   * process records the parameters before this returns.
   *
   * @throws ReservationException when that failed; then the context is not used
   */
  SecurityContext establish(ContextParameters parameters) throws ReservationException;

  /** Contexts that end with the process. */
  static FreshContexts inMemory(Crypto crypto) {
    return parameters -> unrecorded(parameters, crypto);
  }

  /**
   * A context whose sequence numbers are counted from 0 and recorded nowhere. Right only for
   * parameters with fresh randomness of this endpoint, which no other process has, and for contexts
   * that protect nothing.
   */
  static SecurityContext unrecorded(ContextParameters parameters, Crypto crypto) {
    AtomicLong next = new AtomicLong();
    SequenceReservations counted =
        count -> {
          long start = next.getAndAdd(count);
          return new SequenceReservations.Reserved(start, start + count);
        };
    return SecurityContext.derive(parameters, crypto, counted, Provenance.FRESH);
  }
}
