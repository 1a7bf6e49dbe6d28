package dev.moat.conformance.interop.transport;

import com.mbed.coap.packet.BlockSize;
import com.mbed.coap.server.CoapServerBuilderForTcp;
import com.mbed.coap.server.TcpCoapServer;
import com.mbed.coap.server.messaging.Capabilities;
import com.mbed.coap.server.messaging.CapabilitiesStorage;
import com.mbed.coap.server.messaging.CapabilitiesStorageImpl;
import com.mbed.coap.server.observe.ObservationsStore;
import com.mbed.coap.transport.CoapTcpTransport;
import com.mbed.coap.transport.javassl.SocketClientTransport;
import dev.moat.conformance.interop.Bounds;
import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.JavaCoap;
import dev.moat.conformance.interop.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * java-coap over TCP and TLS, in this JVM. Its library brings a transport for one connection that
 * it opens; as a server it gets one such transport for each connection that is accepted here.
 */
final class JavaCoapTcp {
  /** More than 1,152: it then takes several blocks in one message (RFC 8323, Section 6). */
  private static final int MAX_MESSAGE_OCTETS = 8_192;

  private JavaCoapTcp() {}

  static InteropServer serve(Channel channel, Store store) throws Exception {
    return new Server(channel, store);
  }

  static InteropClient open(Channel channel, int port) throws Exception {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    SocketFactory sockets = TlsSockets.client(channel);
    CoapTcpTransport transport = new SocketClientTransport(server, sockets, false);
    FirstCsm csm = new FirstCsm();
    InteropClient client =
        new JavaCoap.Client(
            false,
            receiver ->
                over(transport)
                    .csmStorage(csm)
                    .notificationsReceiver(receiver)
                    .observationsStore(ObservationsStore.inMemory())
                    .buildClient(server));
    csm.await();
    return client;
  }

  private static CoapServerBuilderForTcp over(CoapTcpTransport transport) {
    return TcpCoapServer.builder()
        .transport(transport)
        .maxIncomingBlockTransferSize(1 << 17)
        .maxMessageSize(MAX_MESSAGE_OCTETS)
        .blockSize(BlockSize.S_1024_BERT);
  }

  private static final class Server implements InteropServer {
    private final Store store;
    private final ServerSocket listening;
    private final List<JavaCoap.Server> servers = new CopyOnWriteArrayList<>();

    Server(Channel channel, Store store) throws Exception {
      this.store = store;
      listening = TlsSockets.server(channel);
      Thread acceptor = new Thread(this::accept, "java-coap acceptor");
      acceptor.setDaemon(true);
      acceptor.start();
    }

    private void accept() {
      try {
        while (!listening.isClosed()) {
          Socket accepted = listening.accept();
          servers.add(
              new JavaCoap.Server(store, route -> over(connection(accepted)).route(route).build()));
        }
      } catch (IOException closed) {
        // Nobody is let in any more.
      }
    }

    private static CoapTcpTransport connection(Socket accepted) {
      InetSocketAddress client = (InetSocketAddress) accepted.getRemoteSocketAddress();
      return new SocketClientTransport(client, new TlsSockets.Given(accepted), false);
    }

    @Override
    public int port() {
      return listening.getLocalPort();
    }

    @Override
    public void close() {
      try {
        listening.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      servers.forEach(JavaCoap.Server::close);
    }
  }

  /** Tells when the server has said what it takes: until then the client sends no blocks. */
  private static final class FirstCsm implements CapabilitiesStorage {
    private final CapabilitiesStorage inner = new CapabilitiesStorageImpl();
    private final CountDownLatch arrived = new CountDownLatch(1);

    @Override
    public void put(InetSocketAddress peer, Capabilities capabilities) {
      inner.put(peer, capabilities);
      arrived.countDown();
    }

    @Override
    public void remove(InetSocketAddress peer) {
      inner.remove(peer);
    }

    @Override
    public Capabilities getOrDefault(InetSocketAddress peer) {
      return inner.getOrDefault(peer);
    }

    void await() throws InterruptedException {
      if (!arrived.await(Bounds.CALL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the server sent no CSM");
      }
    }
  }
}
