package dev.moat.foe.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import java.util.concurrent.atomic.AtomicInteger;

/** Randomness that comes from a run's secret, so that the same run has the same keys again. */
final class DerivedRandom implements RandomSource {
  private final SecretBytes runSecret;
  private final String purpose;
  private final Crypto crypto;
  private final AtomicInteger calls = new AtomicInteger();

  DerivedRandom(SecretBytes runSecret, String purpose, Crypto crypto) {
    this.runSecret = runSecret;
    this.purpose = purpose;
    this.crypto = crypto;
  }

  @Override
  public void fill(byte[] target) {
    Bytes info = Bytes.utf8(purpose + " " + calls.getAndIncrement());
    try (SecretBytes octets =
        crypto.hkdfExpand(HashAlgorithm.SHA_256, runSecret, info, target.length)) {
      var unused =
          octets.use(
              source -> {
                System.arraycopy(source, 0, target, 0, target.length);
                return target;
              });
    }
  }
}
