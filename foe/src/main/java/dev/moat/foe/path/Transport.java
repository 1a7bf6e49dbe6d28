package dev.moat.foe.path;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Between what Foe sits: what carries CoAP, and what protects it there. */
public enum Transport {
  /** Datagrams without security, on real sockets of the loopback interface. */
  UDP("udp", "UDP", Security.NONE, Format.UDP),
  /** DTLS 1.2 with a pre-shared key (RFC 7252, Section 9.1.3.1). */
  DTLS_PSK("dtls-psk", "DTLS-PSK", Security.DTLS, Format.UDP),
  /** DTLS 1.2 with certificates of both sides, and connection ids (RFC 9146). */
  DTLS_X509_CID("dtls-x509-cid", "DTLS-X.509 with CID", Security.DTLS, Format.UDP),
  /** TLS 1.3 over TCP (RFC 8323). */
  TLS("tls", "TLS over TCP", Security.TLS, Format.TCP),
  /** TCP without security (RFC 8323, Section 3). */
  TCP("tcp", "TCP", Security.NONE, Format.TCP),
  /** WebSockets over TLS 1.3 (RFC 8323, Section 4). */
  WSS("wss", "WebSockets over TLS", Security.TLS, Format.WEBSOCKET),
  /** Datagrams without security, in virtual time. */
  VIRTUAL("virtual", "UDP in virtual time", Security.NONE, Format.UDP);

  private static final int CONNECTION_ID_OCTETS = 6;

  private final String word;
  private final String title;
  private final Security security;
  private final Format format;

  Transport(String word, String title, Security security, Format format) {
    this.word = word;
    this.title = title;
    this.security = security;
    this.format = format;
  }

  /** The name in tables, on the command line and in JSON. */
  public String word() {
    return word;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** What protects all that is sent here. */
  public Security security() {
    return security;
  }

  /** How messages lie on it, inside of records where there are any. */
  public Format format() {
    return format;
  }

  /** True for datagrams without security, where all of the lab's stacks are at home. */
  public boolean isPlainUdp() {
    return !isSecured() && !isOrdered();
  }

  /** True when all that is sent here is protected hop by hop. */
  public boolean isSecured() {
    return security != Security.NONE;
  }

  /** How long connection ids are in records that have one (RFC 9146). */
  public int connectionIdOctets() {
    return CONNECTION_ID_OCTETS;
  }

  /** True when nothing can arrive before what was sent before it. */
  public boolean isOrdered() {
    return format != Format.UDP;
  }

  /**
   * The transport of that name.
   *
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  public static Transport named(String word) {
    Optional<Transport> found =
        Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    return found.orElseThrow(
        () ->
            new IllegalArgumentException(
                "no transport "
                    + word
                    + "; there are "
                    + Arrays.stream(values())
                        .map(Transport::word)
                        .collect(Collectors.joining(", "))));
  }

  /** What protects a transport. */
  public enum Security {
    /** Nothing. */
    NONE,
    /** Records of DTLS 1.2 (RFC 6347). */
    DTLS,
    /** Records of TLS 1.3 (RFC 8446). */
    TLS
  }
}
