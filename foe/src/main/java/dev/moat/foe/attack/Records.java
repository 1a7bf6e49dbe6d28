package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.path.Transport;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What records leave in clear: content type, epoch, sequence number, connection id and length in
 * DTLS 1.2 (RFC 6347, Section 4.1; RFC 9146, Section 4), content type and length in TLS 1.3 (RFC
 * 8446, Section 5.2). The handshake shows which cipher suite the server chose, and the suite how
 * much longer a record is than what it protects.
 *
 * <p>Looks at the first record of a unit: an application's message has one for itself.
 */
public final class Records {
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int TLS12_CID = 25;
  private static final int SERVER_HELLO = 2;
  private static final int DTLS_HEADER_OCTETS = 13;
  private static final int DTLS_EPOCH_AT = 3;
  private static final int DTLS_NUMBER_AT = 5;
  private static final int DTLS_LENGTH_AT = 11;
  private static final int TLS_HEADER_OCTETS = 5;
  private static final int LONG_TAG_OCTETS = 16;
  private static final int SHORT_TAG_OCTETS = 8;
  private static final int EXPLICIT_NONCE_OCTETS = 8;
  private static final int INNER_TYPE_OCTETS = 1;
  // Padding may hide lengths (RFC 8446, Section 5.4). The software here, the JDK's engine, adds the
  // same to each record, which hides nothing.
  private static final int TLS_PADDING_OCTETS = 16;
  // Behind the headers of record and handshake: version and random (RFC 6347, Section 4.3.2).
  private static final int SESSION_ID_AT = DTLS_HEADER_OCTETS + 12 + 2 + 32;
  // RFC 6655, RFC 7251, RFC 8442.
  private static final Set<Integer> CCM_8 = Set.of(0xc0a8, 0xc0a9, 0xc0ae, 0xc0af, 0xd003);
  private static final int FIRST_CHACHA20 = 0xcca8;
  private static final int LAST_CHACHA20 = 0xccae;

  private final Transport.Security security;
  private final int connectionIdOctets;
  private int tagOctets = LONG_TAG_OCTETS;
  private int nonceOctets = EXPLICIT_NONCE_OCTETS;

  /**
   * Of a transport on which no handshake was seen yet.
   *
   * @param connectionIdOctets how long connection ids are in records that have one
   * @throws IllegalArgumentException when the transport has no records
   */
  public Records(Transport.Security security, int connectionIdOctets) {
    if (security == Transport.Security.NONE) {
      throw new IllegalArgumentException("a transport without security has no records");
    }
    this.security = security;
    this.connectionIdOctets = connectionIdOctets;
  }

  /** A unit went by. */
  public void noticed(Bytes unit) {
    boolean isServerHello =
        security == Transport.Security.DTLS
            && unit.length() > SESSION_ID_AT
            && unit.at(0) == HANDSHAKE
            && unit.at(DTLS_HEADER_OCTETS) == SERVER_HELLO;
    if (!isServerHello) {
      return;
    }
    int suiteAt = SESSION_ID_AT + 1 + unit.at(SESSION_ID_AT);
    if (suiteAt + 2 <= unit.length()) {
      chosen((int) unit.slice(suiteAt, suiteAt + 2).toUint());
    }
  }

  private void chosen(int suite) {
    tagOctets = CCM_8.contains(suite) ? SHORT_TAG_OCTETS : LONG_TAG_OCTETS;
    boolean chacha20 = suite >= FIRST_CHACHA20 && suite <= LAST_CHACHA20;
    nonceOctets = chacha20 ? 0 : EXPLICIT_NONCE_OCTETS;
  }

  /** How much an application's message in {@code unit} measures; empty when it holds none. */
  public OptionalInt messageOctets(Bytes unit) {
    int octets =
        security == Transport.Security.DTLS ? inDtls(unit) : unit.length() - tlsOverheadOctets();
    boolean isData = !unit.isEmpty() && isApplicationData(unit) && octets > 0;
    return isData ? OptionalInt.of(octets) : OptionalInt.empty();
  }

  private boolean isApplicationData(Bytes unit) {
    return unit.at(0) == APPLICATION_DATA || isWithConnectionId(unit);
  }

  private boolean isWithConnectionId(Bytes unit) {
    return security == Transport.Security.DTLS && unit.at(0) == TLS12_CID;
  }

  private int inDtls(Bytes unit) {
    if (unit.isEmpty()) {
      return 0;
    }
    int more = isWithConnectionId(unit) ? connectionIdOctets + INNER_TYPE_OCTETS : 0;
    return unit.length() - DTLS_HEADER_OCTETS - nonceOctets - tagOctets - more;
  }

  private static int tlsOverheadOctets() {
    return TLS_HEADER_OCTETS + LONG_TAG_OCTETS + INNER_TYPE_OCTETS + TLS_PADDING_OCTETS;
  }

  /** One line for people. */
  public String describe(Bytes unit) {
    if (security == Transport.Security.TLS || unit.length() < DTLS_HEADER_OCTETS) {
      return kind(unit) + ", " + unit.length() + " octets";
    }
    StringBuilder text = new StringBuilder(kind(unit));
    text.append(" epoch=").append(unit.slice(DTLS_EPOCH_AT, DTLS_NUMBER_AT).toUint());
    text.append(" seq=").append(unit.slice(DTLS_NUMBER_AT, DTLS_LENGTH_AT).toUint());
    if (isWithConnectionId(unit) && unit.length() > DTLS_LENGTH_AT + connectionIdOctets) {
      Bytes id = unit.slice(DTLS_LENGTH_AT, DTLS_LENGTH_AT + connectionIdOctets);
      text.append(" CID=").append(id.toHex());
    }
    return text.append(", ").append(unit.length()).append(" octets").toString();
  }

  private String kind(Bytes unit) {
    String name = security == Transport.Security.DTLS ? "DTLS" : "TLS";
    return unit.isEmpty()
        ? name + " nothing"
        : switch (unit.at(0)) {
          case 20 -> name + " change_cipher_spec";
          case 21 -> name + " alert";
          case HANDSHAKE -> name + " handshake";
          case APPLICATION_DATA -> name + " application_data";
          case TLS12_CID -> name + " tls12_cid";
          default -> String.format(Locale.ROOT, "%s type %d", name, unit.at(0));
        };
  }
}
