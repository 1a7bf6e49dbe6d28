package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.KeyUse;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The key usage extension of a certificate (RFC 5280, Section 4.2.1.3). */
final class KeyUsage {
  private static final Bytes ID = Bytes.hex("551d0f");
  private static final int DIGITAL_SIGNATURE = 0x80;
  private static final int KEY_AGREEMENT = 0x08;

  private KeyUsage() {}

  /**
   * Reads all that stands behind the key of a certificate's body; empty when the extension is not
   * there. Unique identifiers are skipped.
   */
  static Optional<Set<KeyUse>> read(Der body) throws CoseException {
    Optional<Set<KeyUse>> found = Optional.empty();
    while (!body.isAtEnd()) {
      if (body.nextIs(Der.CONTEXT_3)) {
        found = extensions(body.enter(Der.CONTEXT_3).enter(Der.SEQUENCE));
      } else {
        body.skipAny(); // a unique identifier
      }
    }
    return found;
  }

  private static Optional<Set<KeyUse>> extensions(Der extensions) throws CoseException {
    Optional<Set<KeyUse>> found = Optional.empty();
    while (!extensions.isAtEnd()) {
      Der extension = extensions.enter(Der.SEQUENCE);
      boolean isKeyUsage = extension.content(Der.OBJECT_IDENTIFIER).equals(ID);
      if (extension.nextIs(Der.BOOLEAN)) {
        extension.skip(Der.BOOLEAN);
      }
      Der value = extension.enter(Der.OCTET_STRING);
      if (isKeyUsage) {
        Der.require(found.isEmpty()); // "MUST NOT include more than one instance" (Section 4.2)
        found = Optional.of(uses(value.content(Der.BIT_STRING)));
      }
    }
    return found;
  }

  /** The first octet counts the unused bits at the end; all bits of ours are in the second. */
  private static Set<KeyUse> uses(Bytes bits) throws CoseException {
    Der.require(bits.length() >= 2);
    Set<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
    if ((bits.at(1) & DIGITAL_SIGNATURE) != 0) {
      uses.add(KeyUse.SIGNATURE);
    }
    if ((bits.at(1) & KEY_AGREEMENT) != 0) {
      uses.add(KeyUse.AGREEMENT);
    }
    return uses;
  }
}
