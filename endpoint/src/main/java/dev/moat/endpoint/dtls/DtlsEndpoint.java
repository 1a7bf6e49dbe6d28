package dev.moat.endpoint.dtls;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.endpoint.udp.UdpEndpoint;
import dev.moat.endpoint.udp.UdpLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * An open DTLS 1.2 socket, its one loop, and the protocol that the loop drives. Thread-safe.
 *
 * <p>Cipher suites, in the order of preference: ECDHE_ECDSA (and ECDHE_RSA where a certificate has
 * an RSA key) for those with certificates or raw public keys, then ECDHE_PSK, then PSK; each with
 * AES_128_CCM_8, the suite that RFC 7252 makes mandatory, AES_128_CCM and AES_128_GCM. All are
 * AEAD: CBC suites of DTLS 1.2 authenticate before they encrypt and have been broken by timing more
 * than once, and NULL suites protect nothing from reading; there is no way to turn either on.
 */
public final class DtlsEndpoint implements AutoCloseable {
  private final UdpEndpoint sockets;
  private final UdpLoop loop;
  private final DtlsLayer layer;

  private DtlsEndpoint(UdpEndpoint sockets) {
    this.sockets = sockets;
    this.loop = sockets.loops().get(0);
    this.layer = (DtlsLayer) loop.protocol();
  }

  /**
   * Opens the socket and starts to serve it; blocks until it is open.
   *
   * @param protocol makes the protocol, given the way back to the loop
   * @throws java.io.UncheckedIOException when the address cannot be bound
   * @throws IllegalArgumentException when nobody could be associated with by these credentials in
   *     this role, or they contradict each other
   */
  public static DtlsEndpoint start(
      DtlsConfig config, Function<LoopGate, DatagramProtocol> protocol, EventSink events) {
    UdpConfig.Sizes defaults = UdpConfig.Sizes.defaults();
    UdpConfig udp =
        UdpConfig.at(config.bind())
            // A server keeps its process alive, a client does not: as without DTLS.
            .withThreads(new UdpConfig.Threads("moat-dtls", !config.role().isServer(), false))
            .withSizes(
                new UdpConfig.Sizes(
                    defaults.datagramOctets() + RECORD_OCTETS,
                    defaults.batch(),
                    defaults.socketBufferOctets(),
                    defaults.outboundOctets()));
    UdpEndpoint sockets =
        UdpEndpoint.start(
            udp,
            gate ->
                new DtlsLayer(
                    config, protocol.apply(gate), new LoopTasks(events, System.nanoTime()), events),
            events);
    DtlsEndpoint endpoint = new DtlsEndpoint(sockets);
    endpoint.loop.execute(now -> endpoint.layer.start());
    return endpoint;
  }

  /** Where the socket is bound, with the port that the system chose when none was given. */
  public InetSocketAddress address() {
    return sockets.address();
  }

  /** The loop that owns the protocol. */
  public EndpointLoop loop() {
    return loop;
  }

  /** The protocol, to be touched by tasks on the loop only. */
  public DatagramProtocol protocol() {
    return layer.inner();
  }

  /**
   * The open association with the peer at {@code to}, when what it proved counts for {@code host},
   * else that of a new handshake; calls at the same time share one. When it completes, on the loop,
   * the protocol knows the association.
   *
   * <p>A new handshake because of another host ends the association that was there before.
   *
   * @param host what the URI calls the peer: a name, or an IP address without brackets. A
   *     certificate has to be for it; a name is also sent (RFC 6066, Section 3)
   * @return fails with {@link HandshakeFailure}, whose sentence is for people
   */
  public CompletableFuture<Peer> connect(InetSocketAddress to, String host) {
    CompletableFuture<Peer> result = new CompletableFuture<>();
    try {
      loop.execute(now -> layer.connect(to, host, result));
    } catch (RejectedExecutionException ended) {
      result.completeExceptionally(new HandshakeFailure("the endpoint is closed"));
    }
    return result;
  }

  /**
   * Ends the association of {@code peer} and tells the peer; a later {@link #connect} makes a new
   * one. Does nothing when it is over.
   */
  public void disconnect(Peer peer) {
    try {
      loop.execute(now -> layer.disconnect(peer));
    } catch (RejectedExecutionException ended) {
      // Closed: every association is over.
    }
  }

  /**
   * Concludes every exchange, tells every peer that its association ends, closes the socket and
   * ends the thread; the stage completes when all is done.
   */
  public CompletableFuture<Void> closeAsync() {
    return sockets.closeAsync();
  }

  /** {@link #closeAsync()}, and waits for it unless called by the loop itself. */
  @Override
  public void close() {
    sockets.close();
  }

  // What a record adds to a message: header, connection id, content type, nonce and tag.
  private static final int RECORD_OCTETS = 64;
}
