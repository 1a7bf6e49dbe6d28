package dev.moat.engine.freshness;

import java.time.Duration;

/**
 * How a client deals with Echo.
 *
 * @param insecureOff true hands challenges to the caller and sends no Echo. For laboratories
 * @param preemptive true attaches the newest value of the peer to unsafe requests, save the message
 *     that completes a non-idempotent one
 * @param cacheCapacity peers whose newest value is remembered, at least 1
 * @param cacheLifetimeNanos how long a value is remembered
 */
public record ClientEchoConfig(
    boolean insecureOff, boolean preemptive, int cacheCapacity, long cacheLifetimeNanos) {

  /** Checks the ranges. */
  public ClientEchoConfig {
    if (cacheCapacity < 1 || cacheLifetimeNanos < 0) {
      throw new IllegalArgumentException("an Echo cache has room for one peer and a lifetime");
    }
  }

  /** Answers challenges, remembers 1024 peers for a minute. */
  public static ClientEchoConfig defaults() {
    return new ClientEchoConfig(false, true, 1024, Duration.ofMinutes(1).toNanos());
  }

  /** With or without the remedy. */
  public ClientEchoConfig withInsecureOff(boolean off) {
    return new ClientEchoConfig(off, preemptive, cacheCapacity, cacheLifetimeNanos);
  }

  /** With or without values attached before they are asked for. */
  public ClientEchoConfig withPreemptive(boolean on) {
    return new ClientEchoConfig(insecureOff, on, cacheCapacity, cacheLifetimeNanos);
  }

  /** With other bounds of the cache. */
  public ClientEchoConfig withCache(int capacity, Duration lifetime) {
    return new ClientEchoConfig(insecureOff, preemptive, capacity, lifetime.toNanos());
  }
}
