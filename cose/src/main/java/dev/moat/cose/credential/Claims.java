package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.LabelledMap;
import dev.moat.cose.key.UsableKey;
import java.util.Optional;

/** The claims of a CCS or a CWT that Moat looks at (RFC 8392, Section 3.1; RFC 8747). */
final class Claims {
  static final int ISS = 1;
  static final int SUB = 2;
  static final int EXP = 4;
  static final int NBF = 5;
  static final int CNF = 8;
  static final int COSE_KEY = 1;

  private Claims() {}

  /** The map; other claims stay in it unread. */
  static LabelledMap read(Bytes encoded) throws CoseException {
    return LabelledMap.decode(encoded, Reason.BAD_CREDENTIAL);
  }

  /** The key of the cnf claim, which "MUST contain a COSE_Key" (RFC 9528, Section 3.5.3.1). */
  static UsableKey key(LabelledMap claims) throws CoseException {
    return UsableKey.decode(encodedKey(claims));
  }

  /** The COSE_Key of the cnf claim, encoded. */
  static Bytes encodedKey(LabelledMap claims) throws CoseException {
    Bytes confirmation = claims.item(CNF).orElseThrow(() -> new CoseException(Reason.NO_KEY));
    return LabelledMap.decode(confirmation, Reason.BAD_CREDENTIAL)
        .item(COSE_KEY)
        .orElseThrow(() -> new CoseException(Reason.NO_KEY));
  }

  static Optional<String> subject(LabelledMap claims) throws CoseException {
    return claims.text(SUB);
  }
}
