package dev.moat.store;

import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.ReservationException.Reason;
import dev.moat.oscore.store.StoreException;

/** What a store's failures are to those who need sequence numbers. */
final class Refusals {
  private Refusals() {}

  static ReservationException of(StoreException failure) {
    Reason reason =
        switch (failure.reason()) {
          case CORRUPT, FOREIGN -> Reason.CORRUPT;
          case EXPOSED, IO -> Reason.IO;
          case READ_ONLY -> Reason.READ_ONLY;
          case FULL -> Reason.FULL;
          case LOCKED -> Reason.LOCKED;
          case FENCED -> Reason.FENCED;
        };
    return new ReservationException(reason, String.valueOf(failure.getMessage()), failure);
  }

  static ReservationException exhausted() {
    return new ReservationException(
        Reason.EXHAUSTED, "all 2^40 sequence numbers of this key are used: replace the key");
  }
}
