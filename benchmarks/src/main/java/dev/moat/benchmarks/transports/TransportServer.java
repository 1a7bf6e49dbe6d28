package dev.moat.benchmarks.transports;

import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import dev.moat.engine.resource.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.TcpConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.tcp.netty.TcpServerConnector;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;

/**
 * One server with its defaults: {@code TransportServer KIND PORT} with KIND one of moat,
 * californium, and DTLS at the port, TCP at the next. Prints {@code ready}; ends with its input.
 */
public final class TransportServer {
  private static final String TEXT = "hello world";

  private TransportServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[1]);
    if (args[0].equals("moat")) {
      CoapServer unused = moat(port);
    } else {
      californium(port);
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Nothing is obeyed but the end.
    }
    System.exit(0);
  }

  private static CoapServer moat(int port) {
    PreSharedKey key = new PreSharedKey(Requests.IDENTITY, SecretBytes.copyOf(Requests.KEY));
    return CoapServer.builder()
        .listen("coaps://127.0.0.1:" + port)
        .listen("coap+tcp://127.0.0.1:" + (port + 1))
        .credentials(Credentials.builder().accept(key).build())
        .resource(Resource.at("/hello").get(request -> Response.text(Code.CONTENT, TEXT)))
        .start();
  }

  private static void californium(int port) {
    CoapConfig.register();
    UdpConfig.register();
    TcpConfig.register();
    DtlsConfig.register();
    Configuration config = Configuration.createStandardWithoutFile();
    org.eclipse.californium.core.CoapServer server =
        new org.eclipse.californium.core.CoapServer(config);
    server.addEndpoint(endpoint(config, new DTLSConnector(dtls(config, port))));
    server.addEndpoint(
        endpoint(
            config,
            new TcpServerConnector(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 1), config)));
    server.add(new Hello());
    server.start();
  }

  private static CoapEndpoint endpoint(Configuration config, Connector connector) {
    return CoapEndpoint.builder().setConfiguration(config).setConnector(connector).build();
  }

  private static DtlsConnectorConfig dtls(Configuration config, int port) {
    AdvancedMultiPskStore keys = new AdvancedMultiPskStore();
    keys.setKey(Requests.IDENTITY, Requests.KEY);
    return DtlsConnectorConfig.builder(config)
        .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.SERVER_ONLY)
        .setAdvancedPskStore(keys)
        .build();
  }

  private static final class Hello extends CoapResource {
    Hello() {
      super("hello");
    }

    @Override
    public void handleGET(CoapExchange exchange) {
      exchange.respond(TEXT);
    }
  }
}
