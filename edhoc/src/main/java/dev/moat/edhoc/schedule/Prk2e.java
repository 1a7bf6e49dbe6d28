package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/** PRK_2e with the transcript it is salted with (RFC 9528, Section 4.1.1.1). */
public final class Prk2e implements AutoCloseable {
  private static final int KEYSTREAM_2 = 0;
  private static final int SALT_3E2M = 1;

  private final Th2 th2;
  private final Pseudorandom key;

  private Prk2e(Th2 th2, Pseudorandom key) {
    this.th2 = th2;
    this.key = key;
  }

  /** EDHOC_Extract(TH_2, G_XY); the shared secret stays the caller's to close. */
  public static Prk2e of(Kdf kdf, Th2 th2, SecretBytes gXY) {
    try (SecretBytes salt = SecretBytes.copyOf(th2.value().toArray())) {
      return new Prk2e(th2, new Pseudorandom(kdf, kdf.extract(salt, gXY)));
    }
  }

  /** PLAINTEXT_2 of CIPHERTEXT_2 and the other way round (Section 5.3.2, Appendix G). */
  public Bytes applyKeystream2(Bytes text) {
    return key.xorKeystream(KEYSTREAM_2, th2.value(), text);
  }

  /** PRK_3e2m of a Responder that signs, or that has a pre-shared key: PRK_2e. */
  public Prk3e2m carried() {
    return new Prk3e2m(key.copy());
  }

  /** PRK_3e2m of a Responder with a static Diffie-Hellman key (Section 4.1.1.2). */
  public Prk3e2m mixed(SecretBytes gRX) {
    return new Prk3e2m(key.mixed(SALT_3E2M, th2.value(), gRX));
  }

  /** Erases the key. */
  @Override
  public void close() {
    key.close();
  }
}
