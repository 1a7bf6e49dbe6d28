package dev.moat.foe.attack;

import java.time.Duration;

/**
 * What everybody knows of a server's software that demands freshness by Echo (RFC 9175, Section
 * 2.3): how long its values are, and for how long one serves.
 *
 * @param valueOctets length of its values, at least 13
 * @param tagOctets length of the tag of the AEAD in use
 * @param freshness how long a value is fresh
 */
public record EchoHabits(int valueOctets, int tagOctets, Duration freshness) {
  // Delta and length of the option each take an octet more (RFC 7252, Section 3.1).
  private static final int OPTION_HEADER_OCTETS = 3;
  private static final int CODE_OCTETS = 1;
  private static final int LONGER_HEADER_FROM = 13;

  /** Checks the length. */
  public EchoHabits {
    if (valueOctets < LONGER_HEADER_FROM) {
      throw new IllegalArgumentException("values of less than 13 octets have a shorter header");
    }
  }

  /** By how much a request grows that repeats another with a value. */
  int optionOctets() {
    return OPTION_HEADER_OCTETS + valueOctets;
  }

  /** Length of a challenge's ciphertext: a code, the option and nothing else. */
  int challengeOctets() {
    return CODE_OCTETS + optionOctets() + tagOctets;
  }
}
