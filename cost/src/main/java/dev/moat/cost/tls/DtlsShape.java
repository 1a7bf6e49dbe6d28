package dev.moat.cost.tls;

import dev.moat.endpoint.dtls.DtlsSuite;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A DTLS 1.2 handshake to measure.
 *
 * @param keys by what both sides authenticate
 * @param connectionIdOctets length of the connection id that each side asks for (RFC 9146); -1
 *     without
 */
public record DtlsShape(Keys keys, int connectionIdOctets) {
  /** Without connection ids. */
  public static final int NO_CONNECTION_ID = -1;

  /** By what both sides authenticate. */
  public enum Keys {
    /** A shared key alone: no forward secrecy. */
    PSK("PSK", DtlsSuite.TLS_PSK_WITH_AES_128_CCM_8),
    /** A shared key, with ephemeral keys. */
    PSK_ECDHE("PSK, ECDHE", DtlsSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256),
    /** Raw public keys on P-256 (RFC 7250). */
    RPK("RPKs, ECDHE", DtlsSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8),
    /** One certificate on P-256 from each side. */
    X509("X.509s, ECDHE", DtlsSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8);

    private final String words;
    private final DtlsSuite suite;

    Keys(String words, DtlsSuite suite) {
      this.words = words;
      this.suite = suite;
    }

    /** The one cipher suite that is offered. */
    public DtlsSuite suite() {
      return suite;
    }
  }

  /** Each kind of keys, without connection ids and with those of one octet. */
  public static List<DtlsShape> standard() {
    return Arrays.stream(Keys.values())
        .flatMap(keys -> Stream.of(new DtlsShape(keys, NO_CONNECTION_ID), new DtlsShape(keys, 1)))
        .toList();
  }

  /** A key for tables and files, as {@code dtls12-psk-ecdhe-cid1}. */
  public String id() {
    String cid = connectionIdOctets < 0 ? "nocid" : "cid" + connectionIdOctets;
    return "dtls12-" + keys.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + cid;
  }

  /** What people read. */
  public String title() {
    return "DTLS 1.2 - " + keys.words + ", " + variant();
  }

  /** What of DTLS 1.2. */
  String variant() {
    return connectionIdOctets < 0 ? "no CID" : "CID of " + connectionIdOctets;
  }
}
