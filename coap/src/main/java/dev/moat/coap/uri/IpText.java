package dev.moat.coap.uri;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import java.util.Optional;

/** IP addresses as text, without ever asking a name server (RFC 3986, Section 3.2.2; RFC 5952). */
public final class IpText {
  private static final int IPV4_OCTETS = 4;
  private static final int IPV6_OCTETS = 16;

  private IpText() {}

  /** The 4 or 16 octets of an IPv4 or IPv6 address without brackets and zone. */
  public static Optional<Bytes> parse(String text) {
    return text.indexOf(':') < 0 ? parseIpv4(text) : parseIpv6(text);
  }

  private static Optional<Bytes> parseIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != IPV4_OCTETS) {
      return Optional.empty();
    }
    ByteWriter octets = new ByteWriter(IPV4_OCTETS);
    for (String part : parts) {
      int octet = number(part, 10, 3);
      // RFC 3986: dec-octet has no leading zero, which some would read as octal.
      if (octet < 0 || octet > 255 || (part.length() > 1 && part.charAt(0) == '0')) {
        return Optional.empty();
      }
      octets.u8(octet);
    }
    return Optional.of(octets.toBytes());
  }

  private static Optional<Bytes> parseIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return pieces(text).filter(octets -> octets.length() == IPV6_OCTETS);
    }
    Optional<Bytes> before = pieces(text.substring(0, gap));
    Optional<Bytes> after = pieces(text.substring(gap + 2));
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    // An IPv4 address may only stand at the very end.
    int zeros = IPV6_OCTETS - before.get().length() - after.get().length();
    if (zeros < 2 || text.substring(0, gap).indexOf('.') >= 0) {
      return Optional.empty();
    }
    return Optional.of(before.get().plus(Bytes.owned(new byte[zeros])).plus(after.get()));
  }

  /**
   * Pieces of 16 bits between colons, the last of which may be an IPv4 address; nothing for no
   * text.
   */
  private static Optional<Bytes> pieces(String text) {
    ByteWriter octets = new ByteWriter(IPV6_OCTETS);
    if (text.isEmpty()) {
      return Optional.of(octets.toBytes());
    }
    String[] parts = text.split(":", 9);
    for (int i = 0; i < parts.length; i++) {
      int piece = number(parts[i], 16, 4);
      Optional<Bytes> ipv4 = i == parts.length - 1 ? parseIpv4(parts[i]) : Optional.empty();
      if (ipv4.isPresent()) {
        octets.bytes(ipv4.get());
      } else if (piece < 0) {
        return Optional.empty();
      } else {
        octets.u16(piece);
      }
    }
    return Optional.of(octets.toBytes());
  }

  /** A number of at most {@code maxDigits} digits, -1 for anything else. */
  private static int number(String digits, int radix, int maxDigits) {
    if (digits.isEmpty() || digits.length() > maxDigits) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char character = digits.charAt(i);
      int digit = character > 'f' ? -1 : Character.digit(character, radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  /**
   * The canonical text of an address of 4 or 16 octets (RFC 5952, Section 4), without brackets.
   *
   * @throws IllegalArgumentException when it has another length
   */
  public static String format(Bytes address) {
    return switch (address.length()) {
      case IPV4_OCTETS ->
          address.at(0) + "." + address.at(1) + "." + address.at(2) + "." + address.at(3);
      case IPV6_OCTETS -> formatIpv6(address);
      default ->
          throw new IllegalArgumentException("an IP address of " + address.length() + " octets");
    };
  }

  private static String formatIpv6(Bytes address) {
    int start = 0;
    int length = 0;
    for (int i = 0; i < 8; i++) {
      int run = zeroPieces(address, i);
      // RFC 5952, Section 4.2.3: the longest run is shortened, the first of equals.
      if (run > length) {
        start = i;
        length = run;
      }
    }
    // Section 4.2.2: "::" must not stand for a single piece.
    if (length < 2) {
      return join(address, 0, 8);
    }
    return join(address, 0, start) + "::" + join(address, start + length, 8);
  }

  private static int zeroPieces(Bytes address, int first) {
    int count = 0;
    while (first + count < 8 && piece(address, first + count) == 0) {
      count++;
    }
    return count;
  }

  private static String join(Bytes address, int first, int end) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i < end; i++) {
      text.append(i == first ? "" : ":").append(Integer.toHexString(piece(address, i)));
    }
    return text.toString();
  }

  private static int piece(Bytes address, int index) {
    return (address.at(2 * index) << 8) | address.at(2 * index + 1);
  }
}
