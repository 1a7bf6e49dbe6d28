package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;

/** PRK_3e2m (RFC 9528, Section 4.1.1.2). */
public final class Prk3e2m implements AutoCloseable {
  private static final int MAC_2 = 2;
  private static final int K_3 = 3;
  private static final int SALT_4E3M = 5;

  private final Pseudorandom key;

  Prk3e2m(Pseudorandom key) {
    this.key = key;
  }

  /** MAC_2; the caller closes it. */
  public SecretBytes mac2(Statement statement, int octets) {
    return key.derive(MAC_2, statement.context(), octets);
  }

  /** K_3 and IV_3. */
  public MessageKey messageKey3(Th3 th3, AeadAlgorithm algorithm) {
    return key.messageKey(K_3, th3.value(), algorithm);
  }

  /** PRK_4e3m of an Initiator that signs: PRK_3e2m. */
  public Prk4e3m carried() {
    return new Prk4e3m(key.copy());
  }

  /**
   * PRK_4e3m with one more secret.
   *
   * @param secret G_IY (Section 4.1.1.3), or the pre-shared key
   */
  public Prk4e3m mixed(Th3 th3, SecretBytes secret) {
    return new Prk4e3m(key.mixed(SALT_4E3M, th3.value(), secret));
  }

  /**
   * Adds a keystream of this key to {@code text}: encrypts and decrypts. For methods that are not
   * those of RFC 9528.
   */
  public Bytes applyKeystream(int label, Bytes context, Bytes text) {
    return key.xorKeystream(label, context, text);
  }

  SecretBytes secretCopy() {
    return key.secretCopy();
  }

  /** Erases the key. */
  @Override
  public void close() {
    key.close();
  }
}
