package dev.moat.cli.conform;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.edhoc.TraceResponder;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A real server that lets clients establish security by EDHOC, with the Responder of a trace, and a
 * bare socket that asks it. Every connection identifier of one octet but the trace's C_R is taken.
 */
final class CombinedServer implements AutoCloseable {
  private static final int OCTET_VALUES = 256;

  private final CoapServer server;
  private final Loopback socket = new Loopback();

  /**
   * A server.
   *
   * @param message4 true for the sequential flow with message_4, which excludes combined requests
   * @param path the resource that is asked for under the new security context
   * @param answer what the resource gives
   */
  CombinedServer(
      TraceResponder responder, Crypto crypto, boolean message4, String path, Response answer) {
    server =
        CoapServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .events(EventSink.NONE)
            .ids(onlyFree(responder.connectionId()))
            .edhoc(
                EdhocServerConfig.of(responder.settings(message4), ContextRules.inMemory(crypto)))
            .resource(Resource.at(path).get(request -> answer).securedOnly())
            .start();
  }

  private static RecipientIds onlyFree(Bytes id) {
    if (id.length() != 1) {
      throw new UnsupportedOperationException("a server does not choose a C_R of " + id.length());
    }
    RecipientIds ids = new RecipientIds(new ContextTable());
    for (int octet = 0; octet < OCTET_VALUES; octet++) {
      boolean unused = octet == id.at(0) || ids.reserve(ConnectionId.of(octet));
    }
    return ids;
  }

  /** Sends a datagram, and waits for the answer. */
  Optional<Bytes> send(Bytes datagram) {
    socket.send(datagram, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return socket.receive().map(Loopback::octets);
  }

  @Override
  public void close() {
    socket.close();
    server.close();
  }
}
