package dev.moat.conformance.interop;

import com.mbed.coap.client.CoapClient;
import com.mbed.coap.packet.BlockSize;
import com.mbed.coap.packet.CoapRequest;
import com.mbed.coap.packet.CoapResponse;
import com.mbed.coap.packet.Method;
import com.mbed.coap.packet.Opaque;
import com.mbed.coap.packet.SeparateResponse;
import com.mbed.coap.server.CoapServer;
import com.mbed.coap.server.CoapServerBuilder;
import com.mbed.coap.server.filter.EchoFilter;
import com.mbed.coap.server.observe.NotificationsReceiver;
import com.mbed.coap.server.observe.ObserversManager;
import com.mbed.coap.transport.TransportContext;
import com.mbed.coap.transport.udp.DatagramSocketTransport;
import com.mbed.coap.utils.Service;
import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** java-coap (io.github.open-coap), in this JVM. */
public final class JavaCoap {
  private JavaCoap() {}

  private static CoapServerBuilder onLoopback() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return CoapServer.builder()
        .transport(new DatagramSocketTransport(address))
        .maxIncomingBlockTransferSize(1 << 17)
        .blockSize(BlockSize.S_1024);
  }

  /** java-coap as server. */
  public static final class Server implements InteropServer {
    private final CoapServer server;

    Server(Store store) throws IOException {
      this(store, route -> onLoopback().route(route).build());
    }

    public Server(Store store, ServerBuild build) throws IOException {
      Service<CoapRequest, CoapResponse> adapter =
          request ->
              store
                  .handle(
                      Code.ofOctet(request.getMethod().getCode()),
                      path(request),
                      Bytes.copyOf(request.getPayload().getBytes()))
                  .thenApply(Server::response);
      ObserversManager observers = new ObserversManager();
      server = build.build(observers.then(adapter));
      observers.init(server);
      store.onChange(path -> observers.sendObservation(path, adapter));
      server.start();
    }

    /** java-coap gives no path for the root. */
    private static String path(CoapRequest request) {
      return Objects.requireNonNullElse(request.options().getUriPath(), Store.ROOT);
    }

    private static CoapResponse response(Answer answer) {
      return CoapResponse.of(
          com.mbed.coap.packet.Code.valueOf(answer.code().codeClass(), answer.code().detail()),
          new Opaque(answer.body().toArray()));
    }

    @Override
    public int port() {
      return server.getLocalSocketAddress().getPort();
    }

    @Override
    public void close() {
      server.stop();
    }
  }

  /** Makes a server of one route. */
  public interface ServerBuild {
    CoapServer build(Service<CoapRequest, CoapResponse> route) throws IOException;
  }

  /** Makes a client of one receiver. */
  public interface ClientBuild {
    CoapClient build(NotificationsReceiver receiver) throws IOException;
  }

  /** java-coap as client, with the filter that answers Echo challenges. */
  public static final class Client implements InteropClient {
    private static final long OBSERVING = 0x7641;

    private final CoapClient client;
    private final boolean resets;
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private volatile boolean watching;

    Client(int port) throws IOException {
      this(
          true,
          receiver ->
              onLoopback()
                  .outboundFilter(new EchoFilter())
                  .notificationsReceiver(receiver)
                  .buildClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    /**
     * A client.
     *
     * @param resets true where a Reset ends an observation (RFC 7641, Section 3.6)
     */
    public Client(boolean resets, ClientBuild build) throws IOException {
      this.resets = resets;
      client = build.build(this::onNotification);
    }

    /** False makes the stack answer with Reset. */
    private boolean onNotification(String path, SeparateResponse notification) {
      if (watching) {
        arrived.add(notification.getPayload().toUtf8String());
      }
      return watching;
    }

    @Override
    public Answer call(Call call) throws Exception {
      return answer(send(request(call)));
    }

    private CoapResponse send(CoapRequest.Builder request) throws Exception {
      CompletableFuture<CoapResponse> response = client.send(request);
      return response.get(Bounds.CALL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CoapRequest.Builder request(Call call) throws Exception {
      CoapRequest.Builder request =
          CoapRequest.request(Method.valueOf(call.method().octet()), call.path())
              .payload(new Opaque(call.body().toArray()));
      if (!call.confirmable()) {
        request = request.context(TransportContext.of(TransportContext.NON_CONFIRMABLE, true));
      }
      if (!call.query().isEmpty()) {
        request = request.query(call.query());
      }
      return call.unknownCritical()
          ? request.options(o -> o.custom(Call.UNKNOWN_CRITICAL_OPTION, Opaque.ofBytes(1)))
          : request;
    }

    private static Answer answer(CoapResponse response) {
      return new Answer(
          Code.ofOctet(response.getCode().getCoapCode()),
          Bytes.copyOf(response.getPayload().getBytes()));
    }

    @Override
    public Watch observe(String path) throws Exception {
      watching = true;
      arrived.add(answer(send(CoapRequest.observe(path).token(OBSERVING))).text());
      return new QueuedWatch(arrived, () -> cancel(path));
    }

    /** Without Reset there is nothing to refuse a notification with, so a request does it. */
    private void cancel(String path) throws Exception {
      watching = false;
      if (!resets) {
        var unused = send(CoapRequest.get(path).token(OBSERVING).deregisterObserve());
      }
    }

    @Override
    public void close() {
      try {
        client.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
