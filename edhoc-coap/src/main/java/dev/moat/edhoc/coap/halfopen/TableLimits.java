package dev.moat.edhoc.coap.halfopen;

import java.time.Duration;

/**
 * How much of handshakes under way is taken and kept.
 *
 * @param sessions how many handshakes, with those that have just ended
 * @param octets how many octets of messages in all
 * @param messageOctets how many octets one message may have, with what goes before it in its
 *     payload
 * @param lifetimeNanos how long a handshake may take from its first message to its last; repeats of
 *     the last get the same answer until then
 */
public record TableLimits(int sessions, int octets, int messageOctets, long lifetimeNanos) {
  /** EXCHANGE_LIFETIME (RFC 7252, Section 4.8.2): no longer may answers be kept (RFC 9528, 7). */
  public static final Duration MAX_LIFETIME = Duration.ofSeconds(247);

  /** Checks the ranges. */
  public TableLimits {
    if (sessions < 1 || octets < 1 || messageOctets < 1) {
      throw new IllegalArgumentException("at least one session and one octet");
    }
    if (lifetimeNanos <= 0 || lifetimeNanos > MAX_LIFETIME.toNanos()) {
      throw new IllegalArgumentException("a handshake lasts up to 247 s, and not nothing");
    }
  }

  /** 512 handshakes of together 1 MiB, with messages of 8 KiB, each for up to two minutes. */
  public static TableLimits defaults() {
    return new TableLimits(512, 1 << 20, 8 << 10, Duration.ofMinutes(2).toNanos());
  }

  /** This with another number of handshakes. */
  public TableLimits withSessions(int number) {
    return new TableLimits(number, octets, messageOctets, lifetimeNanos);
  }

  /** This with another number of octets. */
  public TableLimits withOctets(int number) {
    return new TableLimits(sessions, number, messageOctets, lifetimeNanos);
  }

  /** This with messages of another length. */
  public TableLimits withMessageOctets(int number) {
    return new TableLimits(sessions, octets, number, lifetimeNanos);
  }

  /** This with another lifetime. */
  public TableLimits withLifetime(Duration lifetime) {
    return new TableLimits(sessions, octets, messageOctets, lifetime.toNanos());
  }
}
