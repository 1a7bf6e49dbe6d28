package dev.moat.store;

import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * The format of a store's file: how one comes to be, and which ones are accepted.
 *
 * <p>A new file is made complete under another name and then linked into place, so that a store
 * that exists is whole, and an empty or partial file always means damage.
 */
final class StoreSchema {
  /** "Moat" in ASCII; {@code file(1)} shows it. */
  static final int APPLICATION = 0x4d6f6174;

  /** Raised whenever an older program could not read the file any more. */
  static final int FORMAT = 1;

  private static final String[] CREATION = {
    "PRAGMA journal_mode=MEMORY",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "BEGIN EXCLUSIVE",
    "PRAGMA application_id=" + APPLICATION,
    "PRAGMA user_version=" + FORMAT,
    KeyTables.SEQUENCES,
    KeyTables.RECIPIENTS,
    ParametersTable.DEFINITION,
    "COMMIT"
  };

  private StoreSchema() {}

  /** Creates {@code file}, unless somebody else was faster. */
  static void create(Path file) throws StoreException {
    FileOwnership.demandWritableFolder(file);
    try {
      Path draft =
          Files.createTempFile(
              Objects.requireNonNull(file.getParent()),
              "." + file.getFileName() + ".",
              ".new",
              FileOwnership.ownerOnly(file));
      try {
        fill(draft);
        publish(draft, file);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw FileOwnership.explain(file, e);
    }
  }

  private static void fill(Path draft) throws StoreException {
    try (Connection connection = SqliteDriver.connect(draft);
        Statement statement = connection.createStatement()) {
      for (String step : CREATION) {
        boolean unused = statement.execute(step);
      }
    } catch (SQLException e) {
      throw SqliteDriver.explain(draft, e);
    }
  }

  private static void publish(Path draft, Path file) throws IOException {
    try {
      var unused = Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      return; // Theirs is as complete as ours.
    } catch (UnsupportedOperationException | FileSystemException e) {
      // No links here: two that begin at once may both get through, and FileOwnership tells one.
      var unused = Files.move(draft, file);
    }
    FileOwnership.synchroniseFolder(file);
  }

  /** Accepts a file, and shows that it can be written: better now than with the first message. */
  static void check(Path file, Connection connection) throws SQLException, StoreException {
    long application = Database.number(connection, "PRAGMA application_id");
    if (application != APPLICATION) {
      throw new StoreException(Reason.FOREIGN, file + " is a database of another program");
    }
    long format = Database.number(connection, "PRAGMA user_version");
    if (format != FORMAT) {
      throw new StoreException(
          Reason.FOREIGN,
          file + " has format " + format + ", this program knows " + FORMAT + " only");
    }
    checkIntegrity(file, connection);
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("PRAGMA user_version=" + FORMAT);
    }
  }

  private static void checkIntegrity(Path file, Connection connection)
      throws SQLException, StoreException {
    checkLength(file, connection);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
      String finding = rows.next() ? rows.getString(1) : "no answer";
      if (!"ok".equals(finding)) {
        throw SqliteDriver.corrupt(file, finding, null);
      }
    }
  }

  /** SQLite takes what is missing of the last page for zeros. */
  private static void checkLength(Path file, Connection connection)
      throws SQLException, StoreException {
    long page = Database.number(connection, "PRAGMA page_size");
    long pages = Database.number(connection, "PRAGMA page_count");
    try {
      if (Files.size(file) != page * pages) {
        throw SqliteDriver.corrupt(file, "it is cut off", null);
      }
    } catch (IOException e) {
      throw FileOwnership.explain(file, e);
    }
  }
}
