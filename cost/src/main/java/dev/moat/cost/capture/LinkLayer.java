package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CaptureException.Reason;
import java.util.Optional;

/** Takes the link layer's header off (the LINKTYPE_ registry of tcpdump.org). */
final class LinkLayer {
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final int MAX_VLAN_TAGS = 4;

  private LinkLayer() {}

  /**
   * The IP packet in a frame, which may be followed by padding; nothing when there is none.
   *
   * @throws CaptureException {@link Reason#UNSUPPORTED_LINK_TYPE}
   */
  static Optional<Bytes> ipPacket(Frame frame) throws CaptureException {
    Bytes octets = frame.octets();
    return switch (frame.linkType()) {
      case 0 -> afterFamily(octets, true);
      case 108 -> afterFamily(octets, false);
      case 1 -> afterEtherType(octets, 12);
      case 12, 14, 101, 228, 229 -> raw(octets);
      case 113 -> afterEtherType(octets, 14);
      case 276 -> cooked2(octets);
      default -> throw unsupported(frame);
    };
  }

  /** The EtherType stands at {@code index}, and the packet behind it, after any VLAN tags. */
  private static Optional<Bytes> afterEtherType(Bytes octets, int index) {
    int at = index;
    for (int tags = 0; tags <= MAX_VLAN_TAGS && octets.length() >= at + 2; tags++) {
      int type = u16(octets, at);
      if (!isVlanTag(type)) {
        return isIp(type) ? raw(octets.slice(at + 2, octets.length())) : Optional.empty();
      }
      at += 4;
    }
    return Optional.empty();
  }

  /** Version 2 has the protocol first, and 20 octets of header. */
  private static Optional<Bytes> cooked2(Bytes octets) {
    boolean ip = octets.length() >= 20 && isIp(u16(octets, 0));
    if (ip) {
      return raw(octets.slice(20, octets.length()));
    }
    boolean tagged = octets.length() >= 24 && isVlanTag(u16(octets, 0));
    return tagged ? afterEtherType(octets, 22) : Optional.empty();
  }

  /** BSD's loopback: an address family of 4 octets; "null" in the order of who captured. */
  private static Optional<Bytes> afterFamily(Bytes octets, boolean eitherOrder) {
    if (octets.length() < 4) {
      return Optional.empty();
    }
    boolean swapped = eitherOrder && octets.at(0) != 0;
    int family = swapped ? octets.at(0) | octets.at(1) << 8 : u16(octets, 2);
    return switch (family) {
      case 2, 10, 24, 28, 30 -> raw(octets.slice(4, octets.length()));
      default -> Optional.empty();
    };
  }

  /** The packet's own version decides, whatever stood before it. */
  private static Optional<Bytes> raw(Bytes octets) {
    int version = octets.isEmpty() ? 0 : octets.at(0) >> 4;
    return version == 4 || version == 6 ? Optional.of(octets) : Optional.empty();
  }

  private static boolean isIp(int type) {
    return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6;
  }

  /** IEEE 802.1Q, 802.1ad, and what came before the latter. */
  private static boolean isVlanTag(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100;
  }

  private static int u16(Bytes octets, int index) {
    return octets.at(index) << 8 | octets.at(index + 1);
  }

  private static CaptureException unsupported(Frame frame) {
    String advice =
        switch (frame.linkType()) {
          case 195, 215, 230, 283 ->
              "IEEE 802.15.4 is not parsed; give the sizes by hand (--octets up:37,down:45,up:19)";
          default ->
              "known are Ethernet (1), raw IP (101, 228, 229), BSD loopback (0, 108) and Linux"
                  + " cooked captures (113, 276)";
        };
    return new CaptureException(
        Reason.UNSUPPORTED_LINK_TYPE,
        frame.place(),
        "link type " + frame.linkType() + "; " + advice);
  }
}
