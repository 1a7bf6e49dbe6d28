package dev.moat.store;

import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite file that belongs to this object alone.
 *
 * <p>Chosen for what a power failure leaves behind. {@code journal_mode=TRUNCATE}: all committed
 * state is in the one file, so that a copy of it is never older than the last commit, as it would
 * be with a write-ahead log. {@code synchronous=EXTRA} and {@code fullfsync}: a commit has reached
 * the medium when it returns, and the end of the journal has too, so that it cannot come back and
 * undo the commit. {@code locking_mode=EXCLUSIVE} without waiting: a second process learns at once
 * that it is one too many. {@code secure_delete}: what was removed is overwritten.
 *
 * <p>After a failure that leaves in doubt what the file holds, everything fails until it is opened
 * anew.
 */
final class Database implements AutoCloseable {
  private static final String[] SETTINGS = {
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA fullfsync=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF"
  };

  private final Path file;
  private final FileOwnership ownership;
  private final Connection connection;
  private @Nullable StoreException end;

  private Database(Path file, FileOwnership ownership, Connection connection) {
    this.file = file;
    this.ownership = ownership;
    this.connection = connection;
  }

  /** Opens an existing file and keeps everybody else out. */
  static Database open(Path file) throws StoreException {
    FileOwnership ownership = FileOwnership.of(file);
    Connection connection = SqliteDriver.connect(file);
    Database database = new Database(file, ownership, connection);
    try {
      database.run(Database::seize);
      return database;
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  private static void seize(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode=EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      statement.execute("COMMIT");
      for (String setting : SETTINGS) {
        statement.execute(setting);
      }
    }
  }

  /** Runs {@code work} alone, and lets its result out only when the path still means the file. */
  synchronized <T> T call(Work<T> work) throws StoreException {
    if (end != null) {
      throw new StoreException(end.reason(), String.valueOf(end.getMessage()), end);
    }
    try {
      ownership.check();
      T result = work.run(connection);
      // Work that went to a file which nobody finds again is lost, and must not be relied on.
      ownership.check();
      return result;
    } catch (SQLException e) {
      throw remember(SqliteDriver.explain(file, e));
    } catch (StoreException e) {
      throw remember(e);
    }
  }

  /** As {@link #call}, for work without a result. */
  void run(Step step) throws StoreException {
    Path unused =
        call(
            opened -> {
              step.run(opened);
              return file;
            });
  }

  private StoreException remember(StoreException failure) {
    switch (failure.reason()) {
      case CORRUPT, FOREIGN, FENCED, IO -> end = failure;
      case EXPOSED, READ_ONLY, FULL, LOCKED -> {
        // The file holds what it held: trying again is sound.
      }
    }
    return failure;
  }

  /** The one number that a query or pragma gives. */
  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  @Override
  public synchronized void close() {
    end = new StoreException(Reason.IO, file + " is closed");
    try {
      connection.close();
    } catch (SQLException e) {
      // What was committed is on the medium, and nothing else counts.
      end = SqliteDriver.explain(file, e);
    }
  }

  /** Something done with the connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException, StoreException;
  }

  /** Something done with the connection that has no result. */
  @FunctionalInterface
  interface Step {
    void run(Connection connection) throws SQLException, StoreException;
  }
}
