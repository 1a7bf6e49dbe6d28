package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/** PRK_out, the key of a completed session (RFC 9528, Section 4.1.3). */
public final class PrkOut implements AutoCloseable {
  private static final int PRK_EXPORTER = 10;
  private static final int KEY_UPDATE = 11;

  private final Pseudorandom key;
  private final Pseudorandom exporter;

  PrkOut(Pseudorandom key) {
    this.key = key;
    this.exporter = key.next(PRK_EXPORTER, Bytes.empty());
  }

  /**
   * Takes up a stored key.
   *
   * @param secret PRK_out, which stays the caller's to erase
   */
  public static PrkOut restored(Kdf kdf, SecretBytes secret) {
    return new PrkOut(new Pseudorandom(kdf, secret.use(SecretBytes::copyOf)));
  }

  /** EDHOC_Exporter (Section 4.2.1); the caller closes the result. */
  public SecretBytes exporter(int label, Bytes context, int octets) {
    return exporter.derive(label, context, octets);
  }

  /** The next PRK_out (Appendix H); this one stays the caller's to close. */
  public PrkOut updated(Bytes context) {
    return new PrkOut(key.next(KEY_UPDATE, context));
  }

  /** A copy of the octets, for storage. */
  public SecretBytes copy() {
    return key.secretCopy();
  }

  /** Erases PRK_out and PRK_exporter. */
  @Override
  public void close() {
    key.close();
    exporter.close();
  }
}
