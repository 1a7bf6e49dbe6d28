package dev.moat.cost.measure;

import dev.moat.coap.message.Code;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.udp.Transport;
import dev.moat.engine.EngineConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Clients and servers on the loopback interface as all measurements use them: with timers so long
 * that no message is sent twice, and no response apart from its acknowledgement, because a machine
 * is busy with other things. No other setting differs from what applications get.
 */
final class Ends {
  private static final Duration UNHURRIED = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private Ends() {}

  /** A server on a port that the system chooses. */
  static CoapServer.Builder server() {
    return CoapServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(0)
        .sockets(sockets -> sockets.withTransport(Transport.NIO))
        .events(event -> {})
        .stack(Ends::unhurried);
  }

  /** A client. */
  static CoapClient.Builder client() {
    return CoapClient.builder()
        .sockets(sockets -> sockets.withTransport(Transport.NIO))
        .events(event -> {})
        .stack(Ends::unhurried);
  }

  private static StackConfig unhurried(StackConfig stack) {
    EngineConfig engine = stack.engine();
    return stack.withEngine(
        engine
            .withTransmission(engine.transmission().withAckTimeoutNanos(UNHURRIED.toNanos()))
            .withSeparateAckDelayNanos(UNHURRIED.toNanos()));
  }

  /** A request to the server behind {@code way}, given up after a time. */
  static ClientRequest request(Code method, RecordedPath way, String path) {
    InetSocketAddress address = way.address();
    String host = address.getAddress().getHostAddress();
    String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return ClientRequest.of(method, "coap://" + literal + ":" + address.getPort() + path)
        .timeout(TIMEOUT);
  }
}
