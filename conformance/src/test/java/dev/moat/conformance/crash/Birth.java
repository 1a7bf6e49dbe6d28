package dev.moat.conformance.crash;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SenderSequence;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.store.SecurityContextStore;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoredContext;
import java.util.List;

/** How two sides come to life, out of what their store remembers. */
final class Birth {
  private static final int MOST_NUMBERS_PER_BLOCK = 16;

  private final Receiver.Kind server;
  private final Weakness weakness;
  private final Crypto crypto = JdkCrypto.create();
  private final Observer observer;
  private final RandomSource random;

  Birth(Receiver.Kind server, Weakness weakness, Observer observer, RandomSource random) {
    this.server = server;
    this.weakness = weakness;
    this.observer = observer;
    this.random = random;
  }

  /** Both sides; small blocks, so that a good part of all crashes meets a reservation. */
  List<Side> sides(SecurityContextStore store) throws StoreException {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[16]);
        ContextParameters one =
            ContextParameters.builder(secret, Bytes.of(1), Bytes.of(2)).build();
        ContextParameters other = one.reversed()) {
      return List.of(side(store, one), side(store, other));
    }
  }

  private Side side(SecurityContextStore store, ContextParameters parameters)
      throws StoreException {
    StoredContext stored = store.open(parameters, crypto);
    boolean lazy = weakness == Weakness.NO_RESERVATION;
    SenderSequence numbers =
        new SenderSequence(
            lazy ? new LazyNumbers(stored.reservations()) : stored.reservations(),
            1 + random.below(MOST_NUMBERS_PER_BLOCK));
    boolean trusting = weakness == Weakness.NO_RESYNCHRONISATION;
    SecurityContext context =
        SecurityContext.derive(
            parameters, crypto, numbers, trusting ? Provenance.FRESH : stored.provenance());
    Protector protector = new Protector(new NonceRecorder(crypto, observer::sealing));
    return new Side(context, protector, server.of(context, protector, observer, random));
  }

  /** Uses numbers first and saves them later, as many stacks do. */
  private static final class LazyNumbers implements SequenceReservations {
    private static final int SAVED_EVERY = 64;

    private final SequenceReservations saved;
    private long next = -1;
    private int unsaved;

    LazyNumbers(SequenceReservations saved) {
      this.saved = saved;
    }

    @Override
    public Reserved reserve(int count) throws ReservationException {
      if (next < 0) {
        next = saved.reserve(1).start();
        unsaved = -1;
      }
      if (unsaved >= SAVED_EVERY) {
        var unused = saved.reserve(unsaved);
        unsaved = 0;
      }
      next += count;
      unsaved += count;
      return new Reserved(next - count, next);
    }
  }
}
