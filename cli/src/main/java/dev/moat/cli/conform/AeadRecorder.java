package dev.moat.cli.conform;

import dev.moat.crypto.InsecureWatchedCrypto;
import dev.moat.crypto.JdkCrypto;
import java.util.Optional;

/** The cryptography of production, with a record of what it is given: for comparing every field. */
final class AeadRecorder extends InsecureWatchedCrypto {
  private Optional<Use> last = Optional.empty();

  AeadRecorder() {
    super(JdkCrypto.create());
  }

  /** What was sealed or opened last; empty when nothing was since it was cleared. */
  Optional<Use> last() {
    return last;
  }

  /** Forgets what was recorded. */
  void clear() {
    last = Optional.empty();
  }

  @Override
  protected void sealed(Use use) {
    last = Optional.of(use);
  }

  @Override
  protected void opened(Use use) {
    last = Optional.of(use);
  }
}
