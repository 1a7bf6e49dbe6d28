package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Ranges of flags. Whatever it throws is a mistake in the command line. */
final class FlagChecks {
  private static final int MAX_TOKEN_OCTETS = 8;

  private FlagChecks() {}

  static void check(RequestFlags flags, TransportFlags transport) {
    check(transport);
    if (flags.blockSize != null) {
      int unused = sizeExponent(flags.blockSize);
    }
    if (flags.subscribeSeconds != null && !(flags.subscribeSeconds > 0)) {
      throw new IllegalArgumentException("-s takes a number of seconds above 0");
    }
  }

  static void check(TransportFlags transport) {
    if (!(transport.timeoutSeconds > 0)) {
      throw new IllegalArgumentException("-B takes a number of seconds above 0");
    }
    if (transport.localPort < 0 || transport.localPort > 0xffff) {
      throw new IllegalArgumentException("-p takes a UDP port from 0 to 65535");
    }
    if (transport.token != null && token(transport.token).length() > MAX_TOKEN_OCTETS) {
      throw new IllegalArgumentException("-T takes at most 8 octets");
    }
  }

  /**
   * An Empty message has neither token nor proxy, and is always confirmable (RFC 7252, Section
   * 4.3).
   */
  static void refuseForPing(TransportFlags transport) {
    if (transport.token != null || transport.proxy != null || transport.nonConfirmable) {
      throw new IllegalArgumentException("a ping has no token, no proxy and is confirmable");
    }
  }

  /** The octets of a token. */
  static Bytes token(@Nullable String argument) {
    return argument == null ? Bytes.empty() : OptionArgument.octets(argument);
  }

  /**
   * The size exponent of a block size (RFC 7959, Section 2.2).
   *
   * @throws IllegalArgumentException when the size has none
   */
  static int sizeExponent(int octets) {
    if (octets < 16 || octets > 1024 || Integer.bitCount(octets) != 1) {
      throw new IllegalArgumentException(
          "-b takes a block size of 16, 32, 64, 128, 256, 512 or 1024, not " + octets);
    }
    return Integer.numberOfTrailingZeros(octets) - 4;
  }
}
