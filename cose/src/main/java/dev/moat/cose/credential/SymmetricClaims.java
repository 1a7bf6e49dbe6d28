package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseKey;
import dev.moat.cose.LabelledMap;
import java.util.Arrays;
import java.util.Optional;

/**
 * A CWT Claims Set whose COSE_Key is symmetric: the credential of a pre-shared key
 * (draft-ietf-lake-edhoc-psk). All of it is a secret. Immutable until {@link #close()}.
 */
public final class SymmetricClaims implements AutoCloseable {
  private final SecretBytes encoded;
  private final Optional<String> subject;
  private final CoseKey key;

  private SymmetricClaims(SecretBytes encoded, Optional<String> subject, CoseKey key) {
    this.encoded = encoded;
    this.subject = subject;
    this.key = key;
  }

  /**
   * Reads the claims; {@code claims} stays the caller's to erase.
   *
   * @throws CoseException with MALFORMED_CBOR, BAD_CREDENTIAL, NO_KEY, BAD_KEY or UNKNOWN_ALGORITHM
   */
  public static SymmetricClaims decode(SecretBytes claims) throws CoseException {
    byte[] octets = claims.use(byte[]::clone);
    byte[] keyOctets = {};
    try {
      LabelledMap map = Claims.read(Bytes.owned(octets));
      keyOctets = Claims.encodedKey(map).toArray();
      Optional<String> subject = Claims.subject(map);
      try (SecretBytes key = SecretBytes.copyOf(keyOctets)) {
        return new SymmetricClaims(SecretBytes.copyOf(octets), subject, CoseKey.decode(key));
      }
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(keyOctets, (byte) 0);
    }
  }

  /** The claims set exactly as given, as the key schedule takes it; owned by this credential. */
  public SecretBytes encoded() {
    return encoded;
  }

  /** Whom the key belongs to. */
  public Optional<String> subject() {
    return subject;
  }

  /** The pre-shared key with its identifier; owned by this credential. */
  public CoseKey key() {
    return key;
  }

  /** Erases the secrets; a second call does nothing. */
  @Override
  public void close() {
    encoded.close();
    key.close();
  }

  /** Everything but the secrets. */
  @Override
  public String toString() {
    return "SymmetricClaims[subject=" + subject.orElse("none") + ", key=" + key + "]";
  }
}
