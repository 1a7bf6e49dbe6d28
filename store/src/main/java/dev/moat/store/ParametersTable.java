package dev.moat.store;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whole contexts under a name, secrets included. */
final class ParametersTable {
  static final String DEFINITION =
      "CREATE TABLE parameters (name TEXT PRIMARY KEY, master_secret BLOB NOT NULL,"
          + " master_salt BLOB NOT NULL, sender_id BLOB NOT NULL, recipient_id BLOB NOT NULL,"
          + " id_context BLOB, aead TEXT NOT NULL, hkdf TEXT NOT NULL,"
          + " replay_window INTEGER NOT NULL, seal_limit INTEGER NOT NULL,"
          + " forgery_limit INTEGER NOT NULL, forgery_stop INTEGER NOT NULL) STRICT, WITHOUT ROWID";

  private static final String PUT =
      "INSERT OR REPLACE INTO parameters (name, master_secret, master_salt, sender_id,"
          + " recipient_id, id_context, aead, hkdf, replay_window, seal_limit, forgery_limit,"
          + " forgery_stop) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String GET =
      "SELECT master_secret, master_salt, sender_id, recipient_id, id_context, aead, hkdf,"
          + " replay_window, seal_limit, forgery_limit, forgery_stop FROM parameters WHERE name = ?";
  private static final String NAMES = "SELECT name FROM parameters ORDER BY name";
  private static final String REMOVE = "DELETE FROM parameters WHERE name = ?";

  private ParametersTable() {}

  static void put(Connection connection, String name, ContextParameters parameters)
      throws SQLException {
    byte[] secret = parameters.masterSecret().use(byte[]::clone);
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      statement.setString(1, name);
      statement.setBytes(2, secret);
      statement.setBytes(3, parameters.masterSalt().toArray());
      statement.setBytes(4, parameters.senderId().toArray());
      statement.setBytes(5, parameters.recipientId().toArray());
      statement.setBytes(6, parameters.idContext().map(Bytes::toArray).orElse(null));
      statement.setString(7, parameters.aead().name());
      statement.setString(8, parameters.hkdf().name());
      statement.setInt(9, parameters.replayWindow());
      statement.setLong(10, parameters.keyUsageLimits().seals());
      statement.setLong(11, parameters.keyUsageLimits().forgeries());
      statement.setLong(12, parameters.keyUsageLimits().forgeriesRefused());
      int unused = statement.executeUpdate();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  static Optional<ContextParameters> get(Path file, Connection connection, String name)
      throws SQLException, StoreException {
    try (PreparedStatement statement = connection.prepareStatement(GET)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      throw SqliteDriver.corrupt(file, "the parameters of a context break their rules", e);
    }
  }

  private static ContextParameters read(ResultSet row) throws SQLException {
    byte[] secret = row.getBytes(1);
    try (SecretBytes masterSecret = SecretBytes.copyOf(secret)) {
      ContextParameters.Builder builder =
          ContextParameters.builder(masterSecret, octets(row, 3), octets(row, 4))
              .masterSalt(octets(row, 2))
              .aead(AeadAlgorithm.valueOf(row.getString(6)))
              .hkdf(HashAlgorithm.valueOf(row.getString(7)))
              .replayWindow(row.getInt(8))
              .keyUsageLimits(new KeyUsageLimits(row.getLong(9), row.getLong(10), row.getLong(11)));
      byte[] idContext = row.getBytes(5);
      return (idContext == null ? builder : builder.idContext(Bytes.owned(idContext))).build();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static Bytes octets(ResultSet row, int column) throws SQLException {
    return Bytes.owned(row.getBytes(column));
  }

  static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NAMES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return List.copyOf(names);
  }

  static void remove(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
      statement.setString(1, name);
      int unused = statement.executeUpdate();
    }
  }
}
