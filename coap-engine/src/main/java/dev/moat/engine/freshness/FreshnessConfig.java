package dev.moat.engine.freshness;

import dev.moat.engine.resource.ResourcePolicy;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a server demands freshness.
 *
 * @param insecureOff true lets delayed requests act, whatever the resources' policies say. For
 *     laboratories
 * @param preemptive true adds a new Echo value to successful answers to requests that had to be
 *     fresh, so that the next one needs no extra round trip (RFC 9175, Section 2.3)
 * @param windowNanos replaces the windows of all resources
 */
public record FreshnessConfig(boolean insecureOff, boolean preemptive, OptionalLong windowNanos) {
  /** Checks the window, as a resource's own is checked. */
  public FreshnessConfig {
    if (windowNanos.isPresent()) {
      ResourcePolicy.checkWindow(windowNanos.getAsLong());
    }
  }

  /** Policies as the resources declare them, with preemptive values. */
  public static FreshnessConfig defaults() {
    return new FreshnessConfig(false, true, OptionalLong.empty());
  }

  /** With or without the remedy. */
  public FreshnessConfig withInsecureOff(boolean off) {
    return new FreshnessConfig(off, preemptive, windowNanos);
  }

  /** With or without preemptive values. */
  public FreshnessConfig withPreemptive(boolean on) {
    return new FreshnessConfig(insecureOff, on, windowNanos);
  }

  /** With one window for all resources. */
  public FreshnessConfig withWindow(Duration window) {
    return new FreshnessConfig(insecureOff, preemptive, OptionalLong.of(window.toNanos()));
  }
}
