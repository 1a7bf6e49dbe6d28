package dev.moat.radio.sixtisch;

import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * Every octet of a frame that is not CoAP payload, for the message of an authenticated key exchange
 * between a pledge and a host at the root (RFC 9031): the pledge is h hops away, the last of them
 * between pledge and join proxy; the h - 1 others are the mesh. The document that first gave 47 and
 * 45 octets at 5 hops cannot be had, so this is a derivation that arrives at them, with its
 * assumptions beside the numbers; other choices arrive at them too (docs/lightweight/6tisch.md).
 */
public final class FrameHeaders {
  /** The greatest frame, aMaxPhyPacketSize of IEEE 802.15.4. */
  public static final int FRAME_OCTETS = 127;

  /**
   * How many hops one routing header can list: its size field has 5 bits (RFC 8138 Section 5.1).
   */
  static final int MAX_HOPS = 32;

  private FrameHeaders() {}

  /**
   * The frame between two routers of the mesh, at the root's end of a downlink path, where the
   * routing header is longest.
   *
   * @param hops from the root to the pledge, 2 to 32
   * @throws IllegalArgumentException when the hops are out of range
   */
  public static List<HeaderField> mesh(Direction direction, int hops) {
    checkHops(hops, 2);
    List<HeaderField> fields = new ArrayList<>(addressing());
    fields.addAll(linkSecurity());
    fields.addAll(routing(direction, hops));
    fields.addAll(network());
    fields.addAll(transport());
    fields.addAll(
        coap(direction, 8, "the stateless proxy's state, the pledge's EUI-64 (RFC 9031 7.1)"));
    return List.copyOf(fields);
  }

  /**
   * The frame between pledge and join proxy: link-local addresses that IPHC derives from the
   * link-layer ones, no routing headers, and upwards neither key nor integrity code, as the pledge
   * has no key yet (RFC 9031 Sections 4.2 and 5).
   */
  public static List<HeaderField> join(Direction direction) {
    List<HeaderField> fields = new ArrayList<>(addressing());
    if (direction == Direction.DOWNLINK) {
      fields.addAll(linkSecurity());
    }
    fields.add(IPHC);
    fields.addAll(transport());
    fields.addAll(coap(direction, 1, "the pledge's own"));
    if (direction == Direction.UPLINK) {
      fields.add(new HeaderField("CoAP", "Uri-Host", 12, "6tisch.arpa (RFC 9031 8.1.1)"));
      fields.add(new HeaderField("CoAP", "Proxy-Scheme", 6, "coap, delta 27 (RFC 9031 7)"));
    }
    return List.copyOf(fields);
  }

  /** The sum of the sizes. */
  public static int octets(List<HeaderField> fields) {
    return fields.stream().mapToInt(HeaderField::octets).sum();
  }

  static void checkHops(int hops, int least) {
    if (hops < least || hops > MAX_HOPS) {
      throw new IllegalArgumentException(
          "a pledge is " + least + " to " + MAX_HOPS + " hops from the root, not " + hops);
    }
  }

  static List<HeaderField> addressing() {
    return List.of(
        new HeaderField("MAC", "Frame Control", 2, "frame version 2 (RFC 8180 4.5.1)"),
        new HeaderField("MAC", "Sequence Number", 1, "may be elided, is not here (RFC 8180 4.5.1)"),
        new HeaderField("MAC", "Destination PAN ID", 2, "the source's is elided (RFC 8180 4.5.1)"),
        new HeaderField("MAC", "Destination Address", 8, "extended"),
        new HeaderField("MAC", "Source Address", 8, "extended"),
        new HeaderField("MAC", "FCS", 2, "16-bit"));
  }

  static List<HeaderField> linkSecurity() {
    return List.of(
        new HeaderField(
            "MAC",
            "Auxiliary Security Header",
            2,
            "control and key index; the slot is the counter"),
        new HeaderField("MAC", "MIC", 4, "MIC-32, ENC-MIC-32 (RFC 8180 Appendix A)"));
  }

  static List<HeaderField> routing(Direction direction, int hops) {
    List<HeaderField> fields = new ArrayList<>();
    fields.add(new HeaderField("6LoRH", "Page 1 dispatch", 1, "RFC 8025"));
    // Root and join proxy are the ends of the packet: between them are h - 2 routers, and it is
    // they that the routing header lists (RFC 8138 Appendix A.2).
    if (direction == Direction.DOWNLINK && hops > 2) {
      fields.add(
          new HeaderField(
              "6LoRH", "SRH", 2 + 2 * (hops - 2), "type 1: 2 octets each router (RFC 8138 5.1)"));
    }
    fields.add(new HeaderField("6LoRH", "RPI", 3, "instance 0, 8-bit rank (RFC 8138 6.3)"));
    return fields;
  }

  static List<HeaderField> network() {
    return List.of(
        IPHC,
        new HeaderField("IPv6", "Hop Limit", 1, "inline: every router changes it (RFC 6282 3.1.1)"),
        new HeaderField("IPv6", "Source", 8, "prefix elided, interface identifier not"),
        new HeaderField("IPv6", "Destination", 8, "prefix elided, interface identifier not"));
  }

  static List<HeaderField> transport() {
    return List.of(
        new HeaderField("UDP", "NHC", 1, "RFC 6282 4.3"),
        new HeaderField("UDP", "Ports", 4, "5683 is outside the compressible range"),
        new HeaderField("UDP", "Checksum", 2, "may be elided only by agreement (RFC 6282 4.3.2)"));
  }

  static List<HeaderField> coap(Direction direction, int tokenOctets, String token) {
    List<HeaderField> fields = new ArrayList<>();
    fields.add(new HeaderField("CoAP", "Header", 4, "RFC 7252 3"));
    fields.add(new HeaderField("CoAP", "Token", tokenOctets, token));
    if (direction == Direction.UPLINK) {
      fields.add(new HeaderField("CoAP", "Uri-Path", 6, "edhoc; requests only"));
    }
    fields.add(new HeaderField("CoAP", "Content-Format", 2, "64 or 65 (RFC 9528 10.9)"));
    fields.add(new HeaderField("CoAP", "Payload Marker", 1, "RFC 7252 3"));
    return fields;
  }

  private static final HeaderField IPHC =
      new HeaderField("IPv6", "IPHC", 2, "traffic class elided, no context octet (RFC 6282 3.1)");
}
