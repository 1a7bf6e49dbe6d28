package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.cli.edn.EdnException;
import dev.moat.cli.edn.EdnReader;
import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.pki.maker.CertificateMaker;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A certification authority for tests, from a file that {@code moat keygen} wrote.
 *
 * @param certificate its certificate in DER
 * @param key its key, closed with this
 */
record Authority(Bytes certificate, PrivateKey key) implements AutoCloseable {
  static final String CERTIFICATE = "certificate";
  private static final String WANTED =
      "Give the secret file that 'moat keygen NAME --type ca' or '--type tls' wrote.";

  /** Reads the file: a credentials file, or PEM with certificate and key. */
  static Authority read(Path file, boolean insecureMode, Curves curves) {
    Place place = Place.of(file);
    String text = SecretFile.read(file, insecureMode);
    return Pem.isPem(text)
        ? ofPem(place, text, new KeyFile(curves, insecureMode))
        : ofEntry(place, entry(place, text), curves);
  }

  private static Authority ofPem(Place place, String text, KeyFile keys) {
    try {
      Bytes certificate =
          Pem.read(text).stream()
              .filter(block -> block.label().equals("CERTIFICATE"))
              .findFirst()
              .orElseThrow(() -> new KeyFormatException("has no certificate", WANTED))
              .content();
      return new Authority(certificate, pair(keys.read(place.file())));
    } catch (KeyFormatException e) {
      throw place.misuse(e.rule(), e.advice());
    }
  }

  private static Authority ofEntry(Place place, Table ca, Curves curves) {
    Bytes certificate =
        CredentialEntries.member(ca, CERTIFICATE)
            .flatMap(Item::octets)
            .orElseThrow(
                () -> place.member(CERTIFICATE).misuse("has no octets", "Make the file again."));
    Place member = place.member(CredentialEntries.PRIVATE_KEY);
    Item key =
        CredentialEntries.member(ca, CredentialEntries.PRIVATE_KEY)
            .orElseThrow(() -> member.misuse("is missing", "Make the file again."));
    try {
      return new Authority(certificate, pair(CoseKeyItems.read(key, curves)));
    } catch (KeyFormatException e) {
      throw member.misuse(e.rule(), e.advice());
    }
  }

  private static Table entry(Place place, String text) {
    try {
      Item file = EdnReader.read(text);
      Optional<Table> map = file.table();
      return map.flatMap(table -> table.names().stream().findFirst())
          .flatMap(name -> map.get().find(name))
          .flatMap(Item::table)
          .flatMap(kind -> kind.find(CredentialEntries.CA))
          .flatMap(Item::table)
          .orElseThrow(() -> place.misuse("has no certification authority", WANTED));
    } catch (EdnException e) {
      throw new Place(place.file(), e.line(), "").misuse(e.rule(), "Make the file again.");
    }
  }

  private static PrivateKey pair(StoredKey key) throws KeyFormatException {
    if (key instanceof StoredKey.Pair pair) {
      return pair.key();
    }
    throw new KeyFormatException("is no private key", "Make the file again.");
  }

  /** Who signs certificates. */
  CertificateMaker.Issuer issuer() {
    return CertificateMaker.Issuer.of(certificate, key);
  }

  @Override
  public void close() {
    key.close();
  }
}
