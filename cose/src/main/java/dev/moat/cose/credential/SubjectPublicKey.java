package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import java.util.Map;

/**
 * A SubjectPublicKeyInfo of the curves that Moat has (RFC 5480, Section 2; RFC 8410, Section 4).
 */
final class SubjectPublicKey {
  private static final Bytes EC_PUBLIC_KEY = Bytes.hex("2a8648ce3d0201");

  private static final Map<Bytes, KeyCurve> NAMED_CURVES =
      Map.of(
          Bytes.hex("2a8648ce3d030107"), KeyCurve.P_256,
          Bytes.hex("2b81040022"), KeyCurve.P_384);

  private static final Map<Bytes, KeyCurve> OCTET_KEYS =
      Map.of(
          Bytes.hex("2b656e"), KeyCurve.X25519,
          Bytes.hex("2b656f"), KeyCurve.X448,
          Bytes.hex("2b6570"), KeyCurve.ED25519,
          Bytes.hex("2b6571"), KeyCurve.ED448);

  private SubjectPublicKey() {}

  /** Reads the content of the sequence. */
  static PublicKey read(Der info) throws CoseException {
    Der algorithm = info.enter(Der.SEQUENCE);
    KeyCurve curve = curve(algorithm);
    algorithm.end();
    Bytes octets = Der.wholeOctets(info.content(Der.BIT_STRING));
    info.end();
    return PublicKey.ofPoint(curve, octets);
  }

  private static KeyCurve curve(Der algorithm) throws CoseException {
    Bytes id = algorithm.content(Der.OBJECT_IDENTIFIER);
    boolean named = id.equals(EC_PUBLIC_KEY);
    KeyCurve curve =
        named ? NAMED_CURVES.get(algorithm.content(Der.OBJECT_IDENTIFIER)) : OCTET_KEYS.get(id);
    if (curve == null) {
      throw new CoseException(Reason.UNKNOWN_CURVE);
    }
    return curve;
  }
}
