package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cli.edn.CborItems;
import dev.moat.cli.edn.EdnException;
import dev.moat.cli.edn.EdnReader;
import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import dev.moat.crypto.Curves;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the key in a file, whose format is found out: COSE_Key in CBOR, diagnostic notation or
 * JSON, PEM, JWK, and credentials files with one private key in them.
 */
public final class KeyFile {
  private final Curves curves;
  private final boolean insecureMode;

  /**
   * Reads with these curves.
   *
   * @param insecureMode true to accept secrets in files that other users may read
   */
  public KeyFile(Curves curves, boolean insecureMode) {
    this.curves = curves;
    this.insecureMode = insecureMode;
  }

  /**
   * The key in {@code file}; the caller closes it.
   *
   * @throws dev.moat.cli.console.Failure when there is none, or a secret one that others may read
   */
  public StoredKey read(Path file) {
    Bytes content = SecretFile.publicOctets(file);
    try {
      StoredKey key = read(content);
      if (key.isSecret() && !insecureMode) {
        SecretFile.refuseWhenShared(file);
      }
      return key;
    } catch (KeyFormatException e) {
      throw Place.of(file).misuse(e.rule(), e.advice());
    } catch (EdnException e) {
      throw new Place(file, e.line(), "").misuse(e.rule(), "Check quotes, commas and braces.");
    }
  }

  private StoredKey read(Bytes content) throws KeyFormatException, EdnException {
    String text = content.toUtf8();
    if (Pem.isPem(text)) {
      return ofPem(Pem.read(text));
    }
    Optional<Item> cbor = cbor(content);
    return ofItem(cbor.isPresent() ? cbor.get() : EdnReader.read(text));
  }

  /** A map in CBOR; the first character of a text never begins one. */
  private static Optional<Item> cbor(Bytes content) throws KeyFormatException {
    if (content.isEmpty() || content.at(0) >> 5 != 5) {
      return Optional.empty();
    }
    try {
      return Optional.of(CborItems.read(content));
    } catch (CborException e) {
      throw new KeyFormatException(
          "is no deterministic CBOR: " + e.getMessage(), "Is this the right file?");
    }
  }

  private StoredKey ofItem(Item item) throws KeyFormatException {
    Optional<Table> table = item.table();
    if (table.filter(JwkKeys::isJwk).isPresent()) {
      return JwkKeys.read(table.get(), curves);
    }
    List<Item> inside = CredentialEntries.keys(item);
    if (inside.size() > 1) {
      throw new KeyFormatException(
          "has " + inside.size() + " private keys", "Give a file with one.");
    }
    return CoseKeyItems.read(inside.isEmpty() ? item : inside.get(0), curves);
  }

  /** The first private key, else the first public one. */
  private StoredKey ofPem(List<Pem> blocks) throws KeyFormatException {
    for (String label :
        List.of("PRIVATE KEY", "EC PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE", "X509 CERTIFICATE")) {
      Optional<Pem> block = blocks.stream().filter(pem -> pem.label().equals(label)).findFirst();
      if (block.isPresent()) {
        return ofBlock(label, block.get().content());
      }
    }
    throw new KeyFormatException(
        "has PEM blocks, but none with a key that can be read here",
        "Use PKCS #8 without a password: openssl pkcs8 -topk8 -nocrypt -in FILE.");
  }

  private StoredKey ofBlock(String label, Bytes der) throws KeyFormatException {
    return switch (label) {
      case "PRIVATE KEY" -> DerKeys.readPrivate(der, curves);
      case "EC PRIVATE KEY" -> DerKeys.readEc(der, curves);
      case "PUBLIC KEY" -> DerKeys.readPublic(der);
      default -> DerKeys.readCertificate(der);
    };
  }
}
