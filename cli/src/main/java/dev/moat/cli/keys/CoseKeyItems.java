package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import java.util.Optional;

/** Keys as COSE_Keys (RFC 9052, Section 7; RFC 9053, Section 7). */
public final class CoseKeyItems {
  private static final int KTY = 1;
  private static final int KID = 2;
  private static final int CRV = -1;
  private static final int X = -2;
  private static final int Y = -3;
  private static final int D = -4;
  private static final int K = -1;
  private static final long SYMMETRIC = 4;

  private CoseKeyItems() {}

  /**
   * Reads a COSE_Key; without public part, as aiocoap writes them, it is computed.
   *
   * @throws KeyFormatException when it is none
   */
  public static StoredKey read(Item item, Curves curves) throws KeyFormatException {
    Table key =
        item.table()
            .filter(table -> table.find(KTY).isPresent())
            .orElseThrow(
                () ->
                    new KeyFormatException(
                        "is no COSE_Key: a map with the key type under 1", "Write {1: 2, ...}."));
    if (key.find(KTY).flatMap(Item::integer).equals(Optional.of(SYMMETRIC))) {
      return shared(key);
    }
    checkCurve(key);
    try {
      if (key.find(D).isPresent()) {
        try (SecretBytes encoded = secret(key.encoded())) {
          return new StoredKey.Pair(PrivateKey.decode(encoded, curves));
        }
      }
      return new StoredKey.Public(PublicKey.decode(key.encoded()));
    } catch (CoseException e) {
      throw new KeyFormatException(
          "is no usable COSE_Key: " + e.getMessage(), "Check kty (1), crv (-1), x, y and d.");
    }
  }

  private static StoredKey shared(Table key) throws KeyFormatException {
    Bytes octets =
        key.find(K)
            .flatMap(Item::octets)
            .filter(k -> !k.isEmpty())
            .orElseThrow(
                () ->
                    new KeyFormatException(
                        "is a symmetric COSE_Key without k (-1)", "Write {1: 4, -1: h'...'}."));
    return new StoredKey.Shared(secret(octets));
  }

  private static void checkCurve(Table key) throws KeyFormatException {
    Optional<Long> crv = key.find(CRV).flatMap(Item::integer);
    if (crv.flatMap(KeyCurve::of).isEmpty()) {
      throw new KeyFormatException(
          crv.map(id -> "has the curve (-1) " + id + ", which is not supported")
              .orElse("has no curve (-1)"),
          "1 is P-256, 2 P-384, 4 X25519, 5 X448, 6 Ed25519, 7 Ed448.");
    }
  }

  /** The key with all its members. */
  public static Table of(StoredKey key) {
    return key.fold(
        pair -> of(pair.publicKey()).with(D, octets(pair.d())),
        CoseKeyItems::of,
        shared -> Table.empty().with(KTY, Item.of(SYMMETRIC)).with(K, octets(shared)));
  }

  /** A private key without what can be computed: the form that aiocoap takes. */
  public static Table bare(PrivateKey key) {
    KeyCurve curve = key.publicKey().curve();
    return Table.empty()
        .with(KTY, Item.of(curve.kty()))
        .with(CRV, Item.of(curve.id()))
        .with(D, octets(key.d()));
  }

  /** A public key. */
  public static Table of(PublicKey key) {
    Table table = Table.empty().with(KTY, Item.of(key.curve().kty()));
    if (key.kid().isPresent()) {
      table = table.with(KID, Item.of(key.kid().get()));
    }
    table = table.with(CRV, Item.of(key.curve().id())).with(X, Item.of(key.x()));
    return key.y().isPresent() ? table.with(Y, Item.of(key.y().get())) : table;
  }

  /** A symmetric key. */
  static Item symmetric(Bytes key) {
    return Table.empty().with(KTY, Item.of(SYMMETRIC)).with(K, Item.of(key));
  }

  /** Whoever asks for text of a secret is about to write it to a file of its owner. */
  static Item octets(SecretBytes secret) {
    Bytes copy = secret.use(octets -> Bytes.copyOf(octets));
    return Item.of(copy);
  }

  private static SecretBytes secret(Bytes octets) {
    return SecretBytes.copyOf(octets.toArray());
  }
}
