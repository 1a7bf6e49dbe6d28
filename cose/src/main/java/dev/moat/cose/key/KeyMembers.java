package dev.moat.cose.key;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.LabelledMap;
import java.util.Optional;

/**
 * The members of an asymmetric COSE_Key, read and checked one by one (RFC 9053, Section 7). Owned
 * by one thread; keeps views of the input.
 */
final class KeyMembers {
  static final int KTY = 1;
  static final int KID = 2;
  static final int CRV = -1;
  static final int X = -2;
  static final int Y = -3;
  static final int D = -4;

  private static final Bytes TRUE = Bytes.of(0xf5);
  private static final Bytes FALSE = Bytes.of(0xf4);

  private final LabelledMap map;
  private final KeyCurve curve;

  private KeyMembers(LabelledMap map, KeyCurve curve) {
    this.map = map;
    this.curve = curve;
  }

  /** Reads the map; {@code notThis} is the reason for a member of a wrong type. */
  static KeyMembers read(Bytes encoded, Reason notThis) throws CoseException {
    LabelledMap map = LabelledMap.decode(encoded, notThis);
    long kty = map.integer(KTY).orElseThrow(() -> new CoseException(notThis));
    if (kty != 1 && kty != 2) {
      throw new CoseException(notThis);
    }
    long crv = map.integer(CRV).orElseThrow(() -> new CoseException(notThis));
    KeyCurve curve = KeyCurve.of(crv).orElseThrow(() -> new CoseException(Reason.UNKNOWN_CURVE));
    if (curve.kty() != kty) {
      throw new CoseException(notThis);
    }
    return new KeyMembers(map, curve);
  }

  /** 4 before x and y; 2 or 3 before an x with an even or odd y; nothing before an OKP key. */
  static PublicKey ofPoint(KeyCurve curve, Bytes octets) throws CoseException {
    int length = curve.octets();
    if (!curve.hasTwoCoordinates()) {
      require(octets.length() == length, Reason.BAD_PUBLIC_KEY);
      return PublicKey.ofX(curve, octets.compact());
    }
    int form = octets.isEmpty() ? 0 : octets.at(0);
    boolean whole = form == 4 && octets.length() == 1 + 2 * length;
    boolean compressed = (form == 2 || form == 3) && octets.length() == 1 + length;
    require(whole || compressed, Reason.BAD_PUBLIC_KEY);
    Bytes x = octets.slice(1, 1 + length).compact();
    ShortWeierstrass equation = ShortWeierstrass.of(curve);
    Optional<Bytes> y =
        whole
            ? Optional.of(octets.slice(1 + length, octets.length()).compact())
            : equation.y(x, form == 3);
    require(y.isPresent() && equation.has(x, y.get()), Reason.NOT_ON_CURVE);
    return new PublicKey(curve, x, y, Optional.empty());
  }

  KeyCurve curve() {
    return curve;
  }

  boolean hasD() {
    return map.has(D);
  }

  boolean hasX() {
    return map.has(X);
  }

  Optional<Bytes> d() throws CoseException {
    return map.octets(D);
  }

  Optional<Bytes> kid() throws CoseException {
    return map.octets(KID).map(Bytes::compact);
  }

  /** The public part; x is required, y only understood. */
  PublicKey publicKey() throws CoseException {
    Bytes x =
        map.octets(X)
            .filter(octets -> octets.length() == curve.octets())
            .orElseThrow(() -> new CoseException(Reason.BAD_PUBLIC_KEY))
            .compact();
    if (!curve.hasTwoCoordinates()) {
      return new PublicKey(curve, x, Optional.empty(), kid());
    }
    return new PublicKey(curve, x, y(x), kid());
  }

  /** As octets, as the sign bit, or absent (RFC 9053, Section 7.1.1; RFC 9528, Section 3.7). */
  private Optional<Bytes> y(Bytes x) throws CoseException {
    ShortWeierstrass equation = ShortWeierstrass.of(curve);
    Optional<Bytes> item = map.item(Y);
    if (item.isEmpty()) {
      require(equation.has(x), Reason.NOT_ON_CURVE);
      return Optional.empty();
    }
    boolean isTrue = item.get().equals(TRUE);
    if (isTrue || item.get().equals(FALSE)) {
      Optional<Bytes> computed = equation.y(x, isTrue);
      require(computed.isPresent(), Reason.NOT_ON_CURVE);
      return computed;
    }
    Optional<Bytes> y = map.octets(Y).map(Bytes::compact);
    require(y.map(Bytes::length).orElse(0) == curve.octets(), Reason.BAD_PUBLIC_KEY);
    require(equation.has(x, y.orElseThrow()), Reason.NOT_ON_CURVE);
    return y;
  }

  private static void require(boolean rule, Reason otherwise) throws CoseException {
    if (!rule) {
      throw new CoseException(otherwise);
    }
  }
}
