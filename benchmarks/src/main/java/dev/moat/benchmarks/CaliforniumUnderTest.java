package dev.moat.benchmarks;

import java.net.InetSocketAddress;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;

/** Californium with its defaults, or with its de-duplication that is bounded per peer. */
final class CaliforniumUnderTest implements AutoCloseable {
  private final CoapServer server;

  CaliforniumUnderTest(int port, boolean boundedPerPeer) {
    CoapConfig.register();
    UdpConfig.register();
    Configuration config = Configuration.createStandardWithoutFile();
    if (boundedPerPeer) {
      config.set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
    }
    server = new CoapServer(config);
    server.addEndpoint(
        CoapEndpoint.builder()
            .setConfiguration(config)
            .setInetSocketAddress(new InetSocketAddress(port))
            .build());
    server.add(new Hello());
    server.start();
  }

  @Override
  public void close() {
    server.destroy();
  }

  private static final class Hello extends CoapResource {
    Hello() {
      super("hello");
    }

    @Override
    public void handleGET(CoapExchange exchange) {
      exchange.respond("hello world");
    }
  }
}
