package dev.moat.cost.capture;

/** Why a packet of a sound capture gives no datagram. */
public enum Skip {
  /** Such as ARP. */
  NOT_IP("neither IPv4 nor IPv6"),
  /** Such as ICMP. */
  NOT_UDP_OR_TCP("neither UDP nor TCP"),
  /** Such as TCP's acknowledgements. */
  WITHOUT_PAYLOAD("without payload"),
  /** A header contradicts the length of the packet. */
  MALFORMED("malformed"),
  /** More than UDP can carry: segments of TCP that a network card has joined. */
  TOO_LONG("longer than 65,507 octets"),
  /** A part of an IP datagram whose other parts are not in the capture, or overlap. */
  FRAGMENT("fragments of incomplete IP datagrams");

  private final String words;

  Skip(String words) {
    this.words = words;
  }

  /** For a sentence: "3 packets " and this. */
  @Override
  public String toString() {
    return words;
  }
}
