package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.file.Place;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import java.util.Optional;

/** Credentials by value: {@code {"14": {...}}} and {@code {"33": ...}}. */
final class CredentialReader {
  private static final String ADVICE =
      "Write {\"14\": {...}} for a claims set or {\"33\": {\"hex\": \"...\"}} for a certificate in"
          + " DER, or use the files that 'moat keygen' writes.";

  private CredentialReader() {}

  /** The credential that {@code item} is. */
  static Credential read(Place place, Item item) {
    Table table = item.table().orElseThrow(() -> place.misuse("is no credential by value", ADVICE));
    if (table.find("unauthenticated").isPresent()) {
      throw place.misuse(
          "asks to talk without authentication, which Moat does not do",
          "Name the peer's credential, or a trust anchor.");
    }
    try {
      Optional<Credential> value = IdCred.decode(table.encoded()).byValue();
      return value.orElseThrow(() -> place.misuse("is no credential by value", ADVICE));
    } catch (CoseException e) {
      throw place.misuse("is no usable credential: " + e.getMessage(), ADVICE);
    }
  }

  /** The octets of a certificate. */
  static Bytes certificate(Place place, Item item) {
    return Entry.typed(place, item, Item::octets, "a certificate in DER: {\"hex\": \"...\"}");
  }
}
