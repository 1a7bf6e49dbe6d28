package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;

/** PRK_4e3m (RFC 9528, Section 4.1.1.3). */
public final class Prk4e3m implements AutoCloseable {
  private static final int MAC_3 = 6;
  private static final int PRK_OUT = 7;
  private static final int K_4 = 8;

  private final Pseudorandom key;

  Prk4e3m(Pseudorandom key) {
    this.key = key;
  }

  /** MAC_3; the caller closes it. */
  public SecretBytes mac3(Statement statement, int octets) {
    return key.derive(MAC_3, statement.context(), octets);
  }

  /** K_4 and IV_4. */
  public MessageKey messageKey4(Th4 th4, AeadAlgorithm algorithm) {
    return key.messageKey(K_4, th4.value(), algorithm);
  }

  /** PRK_out (Section 4.1.3). */
  public PrkOut prkOut(Th4 th4) {
    return new PrkOut(key.next(PRK_OUT, th4.value()));
  }

  /**
   * A key with the initialization vector of the next label. For methods that are not those of RFC
   * 9528.
   */
  public MessageKey messageKey(int label, Bytes context, AeadAlgorithm algorithm) {
    return key.messageKey(label, context, algorithm);
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
