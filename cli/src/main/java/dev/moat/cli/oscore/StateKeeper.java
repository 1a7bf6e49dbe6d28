package dev.moat.cli.oscore;

import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.store.SecurityContextStore;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoredContext;
import dev.moat.store.SequenceFile;
import dev.moat.store.SqliteContextStore;
import java.nio.file.Path;

/** Where the durable state of a configuration's contexts is kept. */
interface StateKeeper extends AutoCloseable {
  /** The reservations of a context, and whether it was ever used. */
  StoredContext open(ContextParameters parameters, Crypto crypto) throws StoreException;

  @Override
  void close();

  /** A SQLite file, for any number of contexts. */
  static StateKeeper database(Path file) throws StoreException {
    return new InDatabase(SqliteContextStore.open(file));
  }

  /** A sequence file as libcoap has it, for one Sender Key. */
  static StateKeeper sequence(Path file) throws StoreException {
    return new InSequenceFile(SequenceFile.open(file));
  }

  /** See {@link #database}. */
  record InDatabase(SecurityContextStore store) implements StateKeeper {
    @Override
    public StoredContext open(ContextParameters parameters, Crypto crypto) throws StoreException {
      return store.open(parameters, crypto);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** See {@link #sequence}. All contexts of a configuration draw from the one file. */
  record InSequenceFile(SequenceFile file) implements StateKeeper {
    @Override
    public StoredContext open(ContextParameters parameters, Crypto crypto) {
      return new StoredContext(file, file.provenance());
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
