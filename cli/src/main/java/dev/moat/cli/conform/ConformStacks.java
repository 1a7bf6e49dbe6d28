package dev.moat.cli.conform;

import dev.moat.endpoint.stack.StackConfig;

/** How the stacks that run vectors differ from the defaults. */
final class ConformStacks {
  private static final long GRACE_NANOS = 200_000_000L;

  private ConformStacks() {}

  /** With a client that waits less after an unprotected error: the vectors send nothing later. */
  static StackConfig impatient(StackConfig config) {
    return config.withEngine(config.engine().withDoubtGraceNanos(GRACE_NANOS));
  }
}
