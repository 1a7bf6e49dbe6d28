package dev.moat.endpoint.dtls;

import dev.moat.endpoint.credentials.Credentials;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * How a DTLS endpoint is opened. Immutable.
 *
 * @param bind where to listen; port 0 lets the system choose
 * @param credentials what is shown and who is taken
 * @param role whether handshakes are begun, answered or both
 * @param handshakes how associations come about
 * @param records how records are protected on their way
 * @param limits what is kept at most
 */
public record DtlsConfig(
    InetSocketAddress bind,
    Credentials credentials,
    Role role,
    Handshakes handshakes,
    Records records,
    Limits limits) {

  /** Server and client at {@code bind} with the defaults. */
  public static DtlsConfig at(InetSocketAddress bind, Credentials credentials) {
    return new DtlsConfig(
        bind, credentials, Role.BOTH, Handshakes.defaults(), Records.defaults(), Limits.defaults());
  }

  /** This configuration, answering handshakes only: sending never begins one. */
  public DtlsConfig serverRole() {
    return withRole(Role.SERVER);
  }

  /** This configuration, beginning handshakes only: those of others meet silence. */
  public DtlsConfig clientRole() {
    return withRole(Role.CLIENT);
  }

  /** This configuration in another role. */
  public DtlsConfig withRole(Role newRole) {
    return new DtlsConfig(bind, credentials, newRole, handshakes, records, limits);
  }

  /** This configuration with other handshakes. */
  public DtlsConfig withHandshakes(Handshakes newHandshakes) {
    return new DtlsConfig(bind, credentials, role, newHandshakes, records, limits);
  }

  /** This configuration with another time to wait for a handshake. */
  public DtlsConfig withHandshakeTimeout(Duration timeout) {
    return withHandshakes(
        new Handshakes(
            timeout,
            handshakes.retransmission,
            handshakes.retransmissions,
            handshakes.resumption,
            handshakes.suites));
  }

  /** This configuration with or without session resumption (RFC 5246, Section 7.3). */
  public DtlsConfig withSessionResumption(boolean resumption) {
    return withHandshakes(
        new Handshakes(
            handshakes.timeout,
            handshakes.retransmission,
            handshakes.retransmissions,
            resumption,
            handshakes.suites));
  }

  /**
   * This configuration with these cipher suites only; those for which there are no credentials are
   * left out as ever. Fewer make a shorter ClientHello.
   *
   * @throws IllegalArgumentException when there is none
   */
  public DtlsConfig withSuites(DtlsSuite... suites) {
    return withHandshakes(
        new Handshakes(
            handshakes.timeout,
            handshakes.retransmission,
            handshakes.retransmissions,
            handshakes.resumption,
            Set.of(suites)));
  }

  /** This configuration with other records. */
  public DtlsConfig withRecords(Records newRecords) {
    return new DtlsConfig(bind, credentials, role, handshakes, newRecords, limits);
  }

  /** This configuration with connection ids of another length, see {@link Records}. */
  public DtlsConfig withConnectionIdOctets(int octets) {
    return withRecords(new Records(octets, records.replayWindow, records.mtuOctets));
  }

  /** This configuration with another replay window, see {@link Records}. */
  public DtlsConfig withReplayWindow(int window) {
    return withRecords(new Records(records.connectionIdOctets, window, records.mtuOctets));
  }

  /** This configuration with other limits. */
  public DtlsConfig withLimits(Limits newLimits) {
    return new DtlsConfig(bind, credentials, role, handshakes, records, newLimits);
  }

  /** This configuration with another greatest number of associations. */
  public DtlsConfig withMaxAssociations(int associations) {
    return withLimits(new Limits(associations, limits.stale, limits.idle));
  }

  /** Which side of a handshake an endpoint takes. */
  public enum Role {
    /** It begins handshakes and answers none. */
    CLIENT,
    /** It answers handshakes and begins none. */
    SERVER,
    /** It does either. */
    BOTH;

    boolean isServer() {
      return this != CLIENT;
    }

    boolean isClient() {
      return this != SERVER;
    }
  }

  /**
   * How associations come about. A server always lets a client prove its address first, with a
   * HelloVerifyRequest (RFC 6347, Section 4.2.1); the extended master secret (RFC 7627) is always
   * required; renegotiation is always refused (RFC 7925, Section 17).
   *
   * @param timeout how long a handshake may take, all retransmissions included: then a client
   *     fails, and a server gives its place to others
   * @param retransmission after how much silence a flight is first sent again; doubles each time
   * @param retransmissions how often a flight is sent again, 1 to 10
   * @param resumption whether a server hands out session ids, and a client uses them, so that a
   *     later handshake needs no public keys and one round trip less. Each handshake, also an
   *     abbreviated one, is a new association
   * @param suites the cipher suites to offer and take; which is preferred is not a choice
   */
  public record Handshakes(
      Duration timeout,
      Duration retransmission,
      int retransmissions,
      boolean resumption,
      Set<DtlsSuite> suites) {
    /** Checks the ranges; keeps a copy of the suites. */
    public Handshakes {
      suites = Set.copyOf(suites);
      if (suites.isEmpty()) {
        throw new IllegalArgumentException("a handshake needs a cipher suite");
      }
      requirePositive(timeout, "handshake time-out");
      requirePositive(retransmission, "retransmission time");
      if (retransmissions < 1 || retransmissions > 10) {
        throw new IllegalArgumentException("retransmissions must be 1 to 10: " + retransmissions);
      }
    }

    /** With any suite. */
    public Handshakes(
        Duration timeout, Duration retransmission, int retransmissions, boolean resumption) {
      this(timeout, retransmission, retransmissions, resumption, Set.of(DtlsSuite.values()));
    }

    /** 20 s in all, the first retransmission after 1 s, at most 4 of them, resumption. */
    public static Handshakes defaults() {
      return new Handshakes(Duration.ofSeconds(20), Duration.ofSeconds(1), 4, true);
    }
  }

  /**
   * How records are protected on their way.
   *
   * @param connectionIdOctets length of the connection ids that peers are to put into their records
   *     (RFC 9146), 1 to 20; 0 takes part without wanting one in records to here; -1 does without.
   *     With one, a peer whose address changes goes on; where it is moves with a record that is
   *     newer than all before and verified, never earlier (RFC 9146, Section 6)
   * @param replayWindow 64: a record is taken once, and up to 63 later ones may overtake it (RFC
   *     6347, Section 4.1.2.6); 0: none may. The library knows no other sizes; no value turns the
   *     protection off
   * @param mtuOctets the longest IP packet that a handshake uses, 576 to 9000
   */
  public record Records(int connectionIdOctets, int replayWindow, int mtuOctets) {
    /** Checks the ranges. */
    public Records {
      if (connectionIdOctets < -1 || connectionIdOctets > 20) {
        throw new IllegalArgumentException(
            "a connection id has 0 to 20 octets, or -1 for none: " + connectionIdOctets);
      }
      if (replayWindow != 0 && replayWindow != 64) {
        throw new IllegalArgumentException("a replay window is 64 or 0: " + replayWindow);
      }
      if (mtuOctets < 576 || mtuOctets > 9000) {
        throw new IllegalArgumentException("mtuOctets must be 576 to 9000: " + mtuOctets);
      }
    }

    /** Connection ids of 4 octets, the window of 64, packets of 1280 octets. */
    public static Records defaults() {
      return new Records(4, 64, 1280);
    }
  }

  /**
   * What is kept at most.
   *
   * @param associations the most associations and handshakes at one time
   * @param stale after how long without a record an association yields to a new one when there are
   *     as many as may be; until then newcomers meet silence
   * @param idle after how long without a verified record an association ends
   */
  public record Limits(int associations, Duration stale, Duration idle) {
    /** Checks the ranges. */
    public Limits {
      if (associations < 1 || associations > 1_000_000) {
        throw new IllegalArgumentException("associations must be 1 to 1000000: " + associations);
      }
      requirePositive(stale, "stale time");
      requirePositive(idle, "idle time");
    }

    /** 10,000 associations; stale after 5 minutes, ended after a day. */
    public static Limits defaults() {
      return new Limits(10_000, Duration.ofMinutes(5), Duration.ofDays(1));
    }
  }

  private static void requirePositive(Duration duration, String what) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(what + " must be 1 ms to 365 days: " + duration);
    }
  }

  private static final Duration MAX = Duration.ofDays(365);
}
