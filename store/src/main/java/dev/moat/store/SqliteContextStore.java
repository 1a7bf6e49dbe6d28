package dev.moat.store;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.context.SequenceReservations.Reserved;
import dev.moat.oscore.store.SecurityContextStore;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoredContext;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many contexts in one SQLite file, which belongs to one process at a time and, holding secrets, to
 * its owner alone.
 *
 * <p>A reservation is on the medium when it returns. When it fails, also in doubt whether it was
 * written, its numbers are given to nobody. Each costs a few writes that wait for the medium, which
 * is what blocks of numbers are for.
 *
 * <p>Never copy an older file back, and never clone a machine that holds one in use: numbers would
 * come twice, and nothing here could tell. See docs/manual/crash-safety.md.
 */
public final class SqliteContextStore implements SecurityContextStore {
  private static final int MAXIMUM_NAME_LENGTH = 255;

  private final Path file;
  private final Database database;

  /** Behind every number whose reservation was tried here; touched within database calls only. */
  private final Map<Bytes, Long> floors = new HashMap<>();

  /** By their Recipient Keys. */
  private final Map<Bytes, WeakReference<SecurityContext>> inUse = new HashMap<>();

  private SqliteContextStore(Path file, Database database) {
    this.file = file;
    this.database = database;
  }

  /**
   * Opens a store, or creates one, readable and writable by its owner alone.
   *
   * @throws StoreException when the file is not usable, in use, damaged, foreign or open to others;
   *     an empty file counts as damaged
   */
  public static SqliteContextStore open(Path file) throws StoreException {
    Path resolved = FileOwnership.resolve(file);
    if (!Files.exists(resolved)) {
      StoreSchema.create(resolved);
    }
    FileOwnership.demandWritable(resolved);
    FileOwnership.demandPrivate(resolved);
    FileOwnership.demandContent(resolved);
    return accept(resolved, Database.open(resolved));
  }

  private static SqliteContextStore accept(Path file, Database database) throws StoreException {
    try {
      return database.call(
          connection -> {
            StoreSchema.check(file, connection);
            return new SqliteContextStore(file, database);
          });
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public StoredContext open(ContextParameters parameters, Crypto crypto) throws StoreException {
    KeyNames keys = KeyNames.of(parameters, crypto);
    return database.call(
        connection -> {
          boolean fresh = KeyTables.begin(connection, keys);
          long unused = KeyTables.next(file, connection, keys.sender()); // fails early
          return new StoredContext(
              count -> reserve(keys.sender(), count),
              fresh ? Provenance.FRESH : Provenance.RESTORED);
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreException LOCKED while a context with the same Recipient Key, given here, is open
   */
  @Override
  public synchronized SecurityContext context(ContextParameters parameters, Crypto crypto)
      throws StoreException {
    inUse.values().removeIf(SqliteContextStore::isOver);
    Bytes recipient = KeyNames.of(parameters, crypto).recipient();
    if (inUse.containsKey(recipient)) {
      throw new StoreException(
          StoreException.Reason.LOCKED,
          "the context " + parameters + " is in use: share it, or close it first");
    }
    SecurityContext context = SecurityContextStore.super.context(parameters, crypto);
    inUse.put(recipient, new WeakReference<>(context));
    return context;
  }

  private static boolean isOver(WeakReference<SecurityContext> given) {
    SecurityContext context = given.get();
    return context == null || context.isClosed();
  }

  private Reserved reserve(Bytes sender, int count) throws ReservationException {
    if (count < 1) {
      throw new IllegalArgumentException("at least one number is reserved, not " + count);
    }
    Optional<Reserved> reserved;
    try {
      reserved = database.call(connection -> reserve(connection, sender, count));
    } catch (StoreException e) {
      throw Refusals.of(e);
    }
    return reserved.orElseThrow(Refusals::exhausted);
  }

  /** Empty at the end of all numbers. */
  private Optional<Reserved> reserve(Connection connection, Bytes sender, int count)
      throws SQLException, StoreException {
    long next = KeyTables.next(file, connection, sender);
    long start = Math.max(next, floors.getOrDefault(sender, 0L));
    long end = Math.min(SequenceReservations.LIMIT, start + count);
    if (start >= end) {
      return Optional.empty();
    }
    // First here: when the statement fails, these numbers may be written or not, and are lost.
    floors.put(sender, end);
    KeyTables.advance(file, connection, sender, next, end);
    return Optional.of(new Reserved(start, end));
  }

  @Override
  public void save(String name, ContextParameters parameters) throws StoreException {
    requireName(name);
    database.run(connection -> ParametersTable.put(connection, name, parameters));
  }

  @Override
  public Optional<ContextParameters> load(String name) throws StoreException {
    return database.call(connection -> ParametersTable.get(file, connection, name));
  }

  @Override
  public List<String> names() throws StoreException {
    return database.call(ParametersTable::names);
  }

  @Override
  public void remove(String name) throws StoreException {
    database.run(connection -> ParametersTable.remove(connection, name));
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.length() > MAXIMUM_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "a name of 1 to " + MAXIMUM_NAME_LENGTH + " characters, not " + name.length());
    }
  }

  @Override
  public void close() {
    database.close();
  }

  /** For tests that break things from within. */
  Database database() {
    return database;
  }

  /** The file. */
  @Override
  public String toString() {
    return "SqliteContextStore[" + file + "]";
  }
}
