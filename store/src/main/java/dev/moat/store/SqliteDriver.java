package dev.moat.store;

import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteOpenMode;

/** Connects to SQLite, and says in this module's terms what went wrong. */
final class SqliteDriver {
  private SqliteDriver() {}

  /** Opens a file that must exist, for reading and writing, without ever waiting for a lock. */
  static Connection connect(Path file) throws StoreException {
    if (file.toString().contains("?")) {
      throw new IllegalArgumentException("the driver reads options behind a '?' in a file name");
    }
    load();
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(0);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    try {
      return config.createConnection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      throw explain(file, e);
    }
  }

  /** Unpacks a native library of a megabyte when first used, and begins it. */
  private static void load() throws StoreException {
    try {
      if (!SQLiteJDBCLoader.initialize()) {
        throw noLibrary(null);
      }
    } catch (StoreException e) {
      throw e;
    } catch (Exception | LinkageError e) { // initialize() declares no less
      throw noLibrary(e);
    }
  }

  private static StoreException noLibrary(@Nullable Throwable cause) {
    String folder =
        System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", "?"));
    return because(
        cause,
        Reason.IO,
        "SQLite's native library cannot be unpacked to and run from "
            + folder
            + " (full, read-only or mounted noexec?): name a better directory with"
            + " -Dorg.sqlite.tmpdir=DIRECTORY");
  }

  /** The failure in this module's terms; SQLite's messages hold no values. */
  static StoreException explain(Path file, SQLException e) {
    // Compared without the extension, except for the one that says more than its group.
    int code = e.getErrorCode();
    if (code == SQLiteErrorCode.SQLITE_READONLY_DBMOVED.code) {
      return new StoreException(Reason.FENCED, file + " was moved while in use", e);
    }
    return switch (SQLiteErrorCode.getErrorCode(code & 0xff)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreException(
              Reason.LOCKED, file + " is in use: one process at a time can have it", e);
      case SQLITE_READONLY, SQLITE_PERM ->
          new StoreException(Reason.READ_ONLY, file + " cannot be written", e);
      case SQLITE_FULL ->
          new StoreException(
              Reason.FULL, "there is no room to write " + file + "; nothing was given out", e);
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CONSTRAINT, SQLITE_MISMATCH ->
          corrupt(file, String.valueOf(e.getMessage()), e);
      default -> new StoreException(Reason.IO, file + ": " + e.getMessage(), e);
    };
  }

  /** A file whose counters are not to be believed. */
  static StoreException corrupt(Path file, String what, @Nullable Throwable cause) {
    return because(
        cause,
        Reason.CORRUPT,
        file
            + " is damaged ("
            + what
            + "); do not put an older copy in its place: replace the keys of its contexts");
  }

  private static StoreException because(@Nullable Throwable cause, Reason reason, String message) {
    return cause == null
        ? new StoreException(reason, message)
        : new StoreException(reason, message, cause);
  }
}
