package dev.moat.endpoint.stream;

import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.udp.Transport;
import java.time.Duration;
import java.util.Optional;

/**
 * How connections are opened and what they may cost. Immutable.
 *
 * @param transport the interface to the kernel
 * @param credentials for TLS; without them only unprotected connections are possible
 * @param limits what all connections together and each of them may take
 * @param tls what TLS may negotiate
 * @param webSockets what may ask for a WebSocket
 * @param threads how the loop's thread is called, and whether it keeps the process alive
 */
public record StreamConfig(
    Transport transport,
    Optional<Credentials> credentials,
    Limits limits,
    Tls tls,
    WebSockets webSockets,
    Threads threads) {

  /** No credentials, the best transport, and the default limits. */
  public static StreamConfig defaults() {
    return new StreamConfig(
        Transport.best(),
        Optional.empty(),
        Limits.defaults(),
        Tls.defaults(),
        WebSockets.defaults(),
        new Threads("moat-stream", false));
  }

  /** This configuration with credentials for TLS. */
  public StreamConfig withCredentials(Credentials shown) {
    return new StreamConfig(transport, Optional.of(shown), limits, tls, webSockets, threads);
  }

  /** This configuration with another transport. */
  public StreamConfig withTransport(Transport other) {
    return new StreamConfig(other, credentials, limits, tls, webSockets, threads);
  }

  /** This configuration with other limits. */
  public StreamConfig withLimits(Limits other) {
    return new StreamConfig(transport, credentials, other, tls, webSockets, threads);
  }

  /** This configuration with other rules for TLS. */
  public StreamConfig withTls(Tls other) {
    return new StreamConfig(transport, credentials, limits, other, webSockets, threads);
  }

  /** This configuration with other rules for WebSockets. */
  public StreamConfig withWebSockets(WebSockets other) {
    return new StreamConfig(transport, credentials, limits, tls, other, threads);
  }

  /** This configuration with another thread. */
  public StreamConfig withThreads(Threads other) {
    return new StreamConfig(transport, credentials, limits, tls, webSockets, other);
  }

  /**
   * What connections may cost. The memory that the kernel and the protocol keep for a connection
   * comes on top.
   *
   * @param connections the most at once, those that we open and those that come counted apart
   * @param connectionsPerAddress the most that come from one IPv4 address or one IPv6 /64 prefix
   * @param outboundOctets what may wait on one connection; from a quarter of it on, nothing more is
   *     read from who connected, and beyond it the connection is given up
   * @param connectTimeout for a TCP connection that we open
   * @param handshakeTimeout for all between TCP's handshake and the first CoAP message: TLS, the
   *     WebSocket upgrade
   * @param stallTimeout how long the other end may take none of what waits for it
   */
  public record Limits(
      int connections,
      int connectionsPerAddress,
      int outboundOctets,
      Duration connectTimeout,
      Duration handshakeTimeout,
      Duration stallTimeout) {

    /** Checks that there is room for one connection and some of its octets, and time. */
    public Limits {
      if (connections < 1 || connectionsPerAddress < 1) {
        throw new IllegalArgumentException("no connection is allowed at all");
      }
      if (outboundOctets < 4096) {
        throw new IllegalArgumentException("outboundOctets must be at least 4096");
      }
      requirePositive(connectTimeout, "connectTimeout");
      requirePositive(handshakeTimeout, "handshakeTimeout");
      requirePositive(stallTimeout, "stallTimeout");
    }

    /** 4096 connections, 128 of one address, 1 MiB waiting; 5 s, 10 s and 30 s. */
    public static Limits defaults() {
      return new Limits(
          4096,
          128,
          1 << 20,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));
    }

    /** These limits with other numbers of connections. */
    public Limits withConnections(int total, int perAddress) {
      return new Limits(
          total, perAddress, outboundOctets, connectTimeout, handshakeTimeout, stallTimeout);
    }

    /** These limits with other room for what waits to be sent. */
    public Limits withOutboundOctets(int octets) {
      return new Limits(
          connections,
          connectionsPerAddress,
          octets,
          connectTimeout,
          handshakeTimeout,
          stallTimeout);
    }

    /** These limits with other times to connect, to shake hands, and to stand still. */
    public Limits withTimeouts(Duration connect, Duration handshake, Duration stall) {
      return new Limits(
          connections, connectionsPerAddress, outboundOctets, connect, handshake, stall);
    }

    private static void requirePositive(Duration duration, String name) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(name + " must be above zero: " + duration);
      }
    }
  }

  /**
   * The loop's thread.
   *
   * @param name prefix of its name
   * @param daemon true when it does not keep the process alive
   */
  public record Threads(String name, boolean daemon) {}
}
