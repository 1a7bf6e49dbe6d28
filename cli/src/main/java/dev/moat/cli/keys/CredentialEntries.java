package dev.moat.cli.keys;

import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where in a credentials file private keys stand. */
public final class CredentialEntries {
  /** The kind of an entry with EDHOC credentials, as aiocoap names it. */
  public static final String EDHOC = "edhoc-oscore";

  /** The kind of an entry with a certification authority for tests. */
  public static final String CA = "ca";

  /** The member with a private key as COSE_Key. */
  public static final String PRIVATE_KEY = "private-key";

  /** The member with what both sides share. */
  public static final String PSK = "psk";

  /** The shared key in it. */
  public static final String KEY = "key";

  private CredentialEntries() {}

  /** The secret keys in a credentials file; none when the item is no such file. */
  static List<Item> keys(Item file) {
    List<Item> keys = new ArrayList<>();
    file.table()
        .ifPresent(
            map -> {
              for (String name : map.names()) {
                Optional<Table> entry = entry(map, name);
                entry.flatMap(table -> member(table, PRIVATE_KEY)).ifPresent(keys::add);
                entry.flatMap(CredentialEntries::shared).ifPresent(keys::add);
              }
            });
    return keys;
  }

  private static Optional<Item> shared(Table entry) {
    return member(entry, PSK)
        .flatMap(Item::table)
        .flatMap(psk -> psk.find(KEY))
        .flatMap(Item::octets)
        .map(CoseKeyItems::symmetric);
  }

  /** What stands behind the kind in the entry {@code name}; empty for entries of other kinds. */
  static Optional<Table> entry(Table map, String name) {
    Optional<Table> entry = map.find(name).flatMap(Item::table);
    return entry.flatMap(table -> table.find(EDHOC).or(() -> table.find(CA))).flatMap(Item::table);
  }

  /** A member, whose name may have underscores for hyphens, as in aiocoap's older files. */
  public static Optional<Item> member(Table entry, String name) {
    return entry.find(name).or(() -> entry.find(name.replace('-', '_')));
  }
}
