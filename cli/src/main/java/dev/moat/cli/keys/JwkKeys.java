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
import java.util.Base64;
import java.util.Optional;

/**
 * Keys as JSON Web Keys (RFC 7517, RFC 7518, Section 6, RFC 8037). A kid is not carried over: a
 * JWK's is a text, a COSE_Key's octets.
 */
final class JwkKeys {
  private static final String ADVICE = "Check kty, crv, x, y and d (RFC 7518, Section 6).";

  private JwkKeys() {}

  /** True for what claims to be a JWK. */
  static boolean isJwk(Table table) {
    return table.find("kty").isPresent();
  }

  /**
   * Reads a JWK.
   *
   * @throws KeyFormatException when it is none
   */
  static StoredKey read(Table jwk, Curves curves) throws KeyFormatException {
    String kty = text(jwk, "kty");
    if (kty.equals("oct")) {
      return new StoredKey.Shared(SecretBytes.copyOf(octets(jwk, "k").toArray()));
    }
    String crv = text(jwk, "crv");
    KeyCurve curve =
        CurveNames.find(crv)
            .filter(known -> CurveNames.of(known).equals(crv) && kty(known).equals(kty))
            .orElseThrow(
                () ->
                    new KeyFormatException(
                        "has no kty and crv that are supported together",
                        "Use kty EC with P-256 or P-384, or OKP with another of: "
                            + CurveNames.all()
                            + "."));
    try {
      PublicKey open = publicKey(jwk, curve);
      return jwk.find("d").isPresent() ? pair(jwk, open, curves) : new StoredKey.Public(open);
    } catch (CoseException | IllegalArgumentException e) {
      throw new KeyFormatException("is no usable JWK: " + e.getMessage(), ADVICE);
    }
  }

  private static PublicKey publicKey(Table jwk, KeyCurve curve)
      throws KeyFormatException, CoseException {
    Bytes x = octets(jwk, "x");
    Bytes point = curve.hasTwoCoordinates() ? Bytes.of(4).plus(x).plus(octets(jwk, "y")) : x;
    return PublicKey.ofPoint(curve, point);
  }

  private static StoredKey pair(Table jwk, PublicKey open, Curves curves)
      throws KeyFormatException, CoseException {
    try (SecretBytes d = SecretBytes.copyOf(octets(jwk, "d").toArray())) {
      PrivateKey key = PrivateKey.of(open.curve(), d, curves);
      if (!key.publicKey().sameKey(open)) {
        key.close();
        throw new KeyFormatException("has an x or y that does not belong to its d", ADVICE);
      }
      return new StoredKey.Pair(key);
    }
  }

  /** The key as JWK. */
  static Table of(StoredKey key) {
    return key.fold(
        pair -> of(pair.publicKey()).with("d", base64(pair.d().use(Bytes::copyOf))),
        JwkKeys::of,
        shared ->
            Table.empty().with("kty", Item.of("oct")).with("k", base64(shared.use(Bytes::copyOf))));
  }

  private static Table of(PublicKey key) {
    Table jwk =
        Table.empty()
            .with("kty", Item.of(kty(key.curve())))
            .with("crv", Item.of(CurveNames.of(key.curve())))
            .with("x", base64(key.x()));
    return key.y().isPresent() ? jwk.with("y", base64(key.y().get())) : jwk;
  }

  private static String kty(KeyCurve curve) {
    return curve.hasTwoCoordinates() ? "EC" : "OKP";
  }

  private static Item base64(Bytes octets) {
    return Item.of(Base64.getUrlEncoder().withoutPadding().encodeToString(octets.toArray()));
  }

  private static String text(Table jwk, String member) throws KeyFormatException {
    return jwk.find(member)
        .flatMap(Item::text)
        .orElseThrow(() -> new KeyFormatException("has no text in " + member, ADVICE));
  }

  private static Bytes octets(Table jwk, String member) throws KeyFormatException {
    Optional<String> text = jwk.find(member).flatMap(Item::text).filter(t -> !t.isEmpty());
    try {
      return Bytes.owned(
          Base64.getUrlDecoder()
              .decode(
                  text.orElseThrow(
                      () -> new KeyFormatException("has no text in " + member, ADVICE))));
    } catch (IllegalArgumentException e) {
      throw new KeyFormatException("has no base64url in " + member, ADVICE);
    }
  }
}
