package dev.moat.pki.maker;

import java.util.regex.Pattern;
import org.bouncycastle.util.IPAddress;

/** Names and addresses of servers, as certificates have them. */
public final class Hosts {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?"
              + "(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*");
  private static final int MAX_NAME = 253;

  private Hosts() {}

  /** True for an IPv4 or IPv6 address, without brackets. */
  public static boolean isAddress(String host) {
    return IPV4.matcher(host).matches() || isIpv6(host);
  }

  /** True for what can stand in a certificate. */
  public static boolean isHost(String host) {
    boolean digitsOnly = host.matches("[0-9.]+");
    boolean name = !digitsOnly && host.length() <= MAX_NAME && NAME.matcher(host).matches();
    return name || isAddress(host);
  }

  private static boolean isIpv6(String host) {
    return IPV6.matcher(host).matches() && IPAddress.isValidIPv6(host);
  }
}
