package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.option.OpaqueOptionDefinition;
import org.eclipse.californium.core.coap.option.OptionDefinition;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;

/**
 * Eclipse Californium, in this JVM, configured in memory: it never looks for its properties file.
 */
public final class Californium {
  private static final OptionDefinition UNKNOWN =
      new OpaqueOptionDefinition(Call.UNKNOWN_CRITICAL_OPTION, "Unknown");

  private Californium() {}

  /** With a body of 64 KiB in mind, and little else changed. */
  public static Configuration configuration() {
    return new Configuration(
            CoapConfig.DEFINITIONS, UdpConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 1 << 17)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, 1024)
        .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1);
  }

  static CoapEndpoint endpoint(Configuration configuration) {
    return CoapEndpoint.builder()
        .setConfiguration(configuration)
        .setInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .build();
  }

  /** Californium as server. Its own resource answers at the root. */
  public static final class Server implements InteropServer {
    private final CoapServer server;
    private final CoapEndpoint endpoint;

    Server(Store store) {
      this(store, endpoint(configuration()));
    }

    public Server(Store store, CoapEndpoint endpoint) {
      this.endpoint = endpoint;
      server = new CoapServer(endpoint.getConfig());
      server.addEndpoint(endpoint);
      server.add(new StoreResource(store, Store.ASYNC));
      Store.WRITABLE.forEach(path -> server.add(new StoreResource(store, path)));
      server.start();
    }

    @Override
    public int port() {
      return endpoint.getAddress().getPort();
    }

    @Override
    public void close() {
      server.destroy();
    }
  }

  private static final class StoreResource extends CoapResource {
    private final Store store;

    StoreResource(Store store, String path) {
      super(path.substring(1));
      this.store = store;
      setObservable(path.equals(Store.STATE));
      store.onChange(
          changed -> {
            if (changed.equals(path)) {
              changed();
            }
          });
    }

    @Override
    public void handleGET(CoapExchange exchange) {
      serve(exchange);
    }

    @Override
    public void handlePUT(CoapExchange exchange) {
      serve(exchange);
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      serve(exchange);
    }

    @Override
    public void handleDELETE(CoapExchange exchange) {
      serve(exchange);
    }

    private void serve(CoapExchange exchange) {
      Code method = Code.ofOctet(exchange.getRequestCode().value);
      byte[] payload = exchange.getRequestPayload();
      Bytes body = payload == null ? Bytes.empty() : Bytes.copyOf(payload);
      CompletableFuture<Answer> answer = store.handle(method, "/" + getName(), body);
      if (!answer.isDone()) {
        exchange.accept();
      }
      var unused = answer.thenAccept(a -> respond(exchange, a));
    }

    private static void respond(CoapExchange exchange, Answer answer) {
      exchange.respond(CoAP.ResponseCode.valueOf(answer.code().octet()), answer.body().toArray());
    }
  }

  /** Californium as client. */
  public static final class Client implements InteropClient {
    private final CoapEndpoint endpoint;
    private final CoapClient client = new CoapClient();
    private final String base;

    Client(int port) throws Exception {
      this(endpoint(configuration()), "coap://127.0.0.1:" + port);
    }

    /** Sends by {@code endpoint}, to resources whose URIs begin with {@code base}. */
    public Client(CoapEndpoint endpoint, String base) throws Exception {
      this.endpoint = endpoint;
      this.base = base;
      client.setEndpoint(endpoint).setTimeout(Bounds.CALL.toMillis());
      endpoint.start();
    }

    @Override
    public Answer call(Call call) throws Exception {
      CoapResponse response = client.advanced(request(call));
      if (response == null) {
        throw new AssertionError("Californium timed out on " + call);
      }
      return answer(response);
    }

    private Request request(Call call) {
      Request request =
          new Request(
              CoAP.Code.valueOf(call.method().octet()),
              call.confirmable() ? CoAP.Type.CON : CoAP.Type.NON);
      request.setURI(base + call.target());
      if (!call.body().isEmpty()) {
        request.setPayload(call.body().toArray());
      }
      if (call.unknownCritical()) {
        request.getOptions().addOption(new Option(UNKNOWN, new byte[] {1}));
      }
      return request;
    }

    private static Answer answer(CoapResponse response) {
      byte[] payload = response.getPayload();
      return new Answer(
          Code.ofOctet(response.getCode().value),
          payload == null ? Bytes.empty() : Bytes.copyOf(payload));
    }

    @Override
    public Watch observe(String path) {
      BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
      Request request = request(Call.get(path));
      request.setObserve();
      CoapObserveRelation relation =
          client.observe(
              request,
              new CoapHandler() {
                @Override
                public void onLoad(CoapResponse response) {
                  arrived.add(answer(response).text());
                }

                @Override
                public void onError() {
                  arrived.add("Californium reports an error");
                }
              });
      return new QueuedWatch(arrived, relation::proactiveCancel);
    }

    @Override
    public void close() {
      client.shutdown();
      endpoint.destroy();
    }
  }
}
