package dev.moat.interop.oscore;

import dev.moat.bytes.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.oscore.HashMapCtxDB;
import org.eclipse.californium.oscore.OSCoreCtx;

/** Californium as server, with {@code /door}: GET, PUT, observable. */
final class CaliforniumServer implements AutoCloseable {
  private final List<Bytes> moved = new CopyOnWriteArrayList<>();
  private final Door door = new Door();
  private final CoapServer server;
  private final CoapEndpoint endpoint;
  private volatile Bytes content = Bytes.utf8("closed");

  CaliforniumServer(OSCoreCtx context) throws IOException {
    HashMapCtxDB contexts = new HashMapCtxDB();
    contexts.addContext(context);
    Configuration configuration = CaliforniumEndpoint.configuration();
    server = new CoapServer(configuration);
    endpoint = CaliforniumEndpoint.of(configuration, contexts);
    server.addEndpoint(endpoint);
    server.add(door);
    server.start();
  }

  int port() {
    return endpoint.getAddress().getPort();
  }

  /** What was PUT, in order. */
  List<Bytes> moved() {
    return moved;
  }

  /** Changes the representation and notifies. */
  void set(Bytes next) {
    content = next;
    door.changed();
  }

  int observers() {
    return door.getObserverCount();
  }

  @Override
  public void close() {
    server.destroy();
  }

  private final class Door extends CoapResource {
    Door() {
      super("door");
      setObservable(true);
    }

    @Override
    public void handleGET(CoapExchange exchange) {
      exchange.respond(ResponseCode.CONTENT, content.toArray());
    }

    @Override
    public void handlePUT(CoapExchange exchange) {
      content = Bytes.copyOf(exchange.getRequestPayload());
      moved.add(content);
      exchange.respond(ResponseCode.CHANGED);
    }
  }
}
