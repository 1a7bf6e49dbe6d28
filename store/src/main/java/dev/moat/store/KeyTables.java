package dev.moat.store;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * What is remembered of keys: for each Sender Key the first sequence number that was never
 * reserved, and which Recipient Keys were in use. Rows are never deleted.
 *
 * <p>SQLite does not notice a flipped bit within a value, hence the checksum.
 */
final class KeyTables {
  static final String SEQUENCES =
      "CREATE TABLE sender_sequence (key BLOB PRIMARY KEY, next INTEGER NOT NULL,"
          + " checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID";
  static final String RECIPIENTS =
      "CREATE TABLE recipient (key BLOB PRIMARY KEY) STRICT, WITHOUT ROWID";

  private static final String BEGIN_SEQUENCE =
      "INSERT INTO sender_sequence (key, next, checksum) VALUES (?, 0, ?)"
          + " ON CONFLICT (key) DO NOTHING";
  private static final String BEGIN_RECIPIENT =
      "INSERT INTO recipient (key) VALUES (?) ON CONFLICT (key) DO NOTHING";
  private static final String READ = "SELECT next, checksum FROM sender_sequence WHERE key = ?";
  private static final String ADVANCE =
      "UPDATE sender_sequence SET next = ?, checksum = ? WHERE key = ? AND next = ?";

  private KeyTables() {}

  /**
   * Notes both keys; true when neither was known. A crash between the two leaves one behind, so
   * that the next process does not take the keys for new.
   */
  static boolean begin(Connection connection, KeyNames keys) throws SQLException {
    boolean recipient;
    try (PreparedStatement statement = connection.prepareStatement(BEGIN_RECIPIENT)) {
      statement.setBytes(1, keys.recipient().toArray());
      recipient = statement.executeUpdate() == 1;
    }
    try (PreparedStatement statement = connection.prepareStatement(BEGIN_SEQUENCE)) {
      statement.setBytes(1, keys.sender().toArray());
      statement.setLong(2, checksum(keys.sender(), 0));
      return statement.executeUpdate() == 1 && recipient;
    }
  }

  /** The first number that was never reserved. */
  static long next(Path file, Connection connection, Bytes sender)
      throws SQLException, StoreException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setBytes(1, sender.toArray());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw SqliteDriver.corrupt(file, "a counter is gone", null);
        }
        long next = row.getLong(1);
        if (!isPlausible(next) || row.getLong(2) != checksum(sender, next)) {
          throw SqliteDriver.corrupt(file, "a counter does not fit its checksum", null);
        }
        return next;
      }
    }
  }

  private static boolean isPlausible(long next) {
    return next >= 0 && next <= SequenceReservations.LIMIT;
  }

  /** Moves a counter by one statement, which is durable when it returns. */
  static void advance(Path file, Connection connection, Bytes sender, long from, long to)
      throws SQLException, StoreException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, to);
      statement.setLong(2, checksum(sender, to));
      statement.setBytes(3, sender.toArray());
      statement.setLong(4, from);
      if (statement.executeUpdate() != 1) {
        throw SqliteDriver.corrupt(file, "a counter moved by itself", null);
      }
    }
  }

  private static long checksum(Bytes sender, long next) {
    CRC32C sum = new CRC32C();
    sum.update(sender.asReadOnlyBuffer());
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(next).flip());
    return sum.getValue();
  }
}
