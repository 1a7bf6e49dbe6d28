package dev.moat.conformance.interop;

import java.time.Duration;

/** How long anything may take, and how much a process may say. */
public final class Bounds {
  /** One call or one notification. */
  public static final Duration CALL = Duration.ofSeconds(10);

  /** A process from its start to its first sign of life, and from being told to stop to its end. */
  public static final Duration PROCESS = Duration.ofSeconds(8);

  /** What is kept of a process's output, in octets: a trace of 64 KiB with room. */
  public static final int OUTPUT_OCTETS = 1 << 20;

  private Bounds() {}
}
