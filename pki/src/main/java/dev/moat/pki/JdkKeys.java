package dev.moat.pki;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;

/** Moat's public keys as the JDK's. */
final class JdkKeys {
  private JdkKeys() {}

  static java.security.PublicKey verification(PublicKey key) throws CoseException {
    Bytes octets = key.forSignature();
    SignatureAlgorithm algorithm = key.curve().signature().orElseThrow();
    Bytes encoded = Bytes.hex(prefix(algorithm)).plus(octets);
    try {
      return KeyFactory.getInstance(key.curve().hasTwoCoordinates() ? "EC" : "EdDSA")
          .generatePublic(new X509EncodedKeySpec(encoded.toArray()));
    } catch (GeneralSecurityException refused) {
      throw new CoseException(Reason.BAD_PUBLIC_KEY);
    }
  }

  /** What stands before the point in a SubjectPublicKeyInfo (RFC 5480, 2; RFC 8410, 4). */
  private static String prefix(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> "3059301306072a8648ce3d020106082a8648ce3d03010703420004";
      case ES384 -> "3076301006072a8648ce3d020106052b8104002203620004";
      case ED25519 -> "302a300506032b6570032100";
      case ED448 -> "3043300506032b6571033a00";
    };
  }
}
