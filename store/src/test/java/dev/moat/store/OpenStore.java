package dev.moat.store;

import dev.moat.oscore.store.StoreException;
import java.nio.file.Path;

/** A process that opens a store and says how that went. */
final class OpenStore {
  private OpenStore() {}

  /** The file is the only argument. */
  public static void main(String[] arguments) {
    try (SqliteContextStore store = SqliteContextStore.open(Path.of(arguments[0]))) {
      System.out.println(store.names().isEmpty() ? "opened" : "opened, with names");
    } catch (StoreException e) {
      boolean library = String.valueOf(e.getMessage()).contains("tmpdir");
      System.out.println(e.reason() + (library ? " " + e.getMessage() : ""));
    }
  }
}
