package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A server that echoes and a client that remembers, each with its own configuration. */
final class StreamPair implements AutoCloseable {
  final EchoProtocol served = EchoProtocol.server();
  final EchoProtocol asking = EchoProtocol.client();
  final Queue<String> events = new ConcurrentLinkedQueue<>();
  final StreamEndpoint server;
  final StreamEndpoint client;

  StreamPair(StreamConfig ofServer, StreamConfig ofClient) {
    server = start(ofServer, served);
    client = start(ofClient, asking);
  }

  static StreamConfig config() {
    return StreamConfig.defaults().withThreads(new StreamConfig.Threads("stream-test", true));
  }

  InetSocketAddress listen(StreamKind kind) {
    return server.listen(kind, new InetSocketAddress("127.0.0.1", 0));
  }

  Peer connect(StreamKind kind, InetSocketAddress to, String host) throws Exception {
    return client.connect(kind, to, host).get(20, TimeUnit.SECONDS);
  }

  /** Why there is no connection. */
  String refusal(StreamKind kind, InetSocketAddress to, String host) {
    Throwable thrown = catchThrowable(() -> connect(kind, to, host));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getCause()).isInstanceOf(HandshakeFailure.class);
    return thrown.getCause().getMessage();
  }

  /** What the server says of refused handshakes; waits for the first. */
  List<String> refusals() throws InterruptedException {
    await(() -> events.stream().anyMatch(line -> line.startsWith("refused ")));
    return events.stream()
        .filter(line -> line.startsWith("refused "))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .toList();
  }

  void send(Peer peer, Bytes octets) {
    client.loop().execute(() -> asking.send(peer, octets));
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(5);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    assertThat(served.closed.get()).isEqualTo(served.opened.get());
    assertThat(asking.closed.get()).isEqualTo(asking.opened.get());
    assertThat(events).noneMatch(line -> line.startsWith("fault"));
  }

  private StreamEndpoint start(StreamConfig config, EchoProtocol protocol) {
    return StreamEndpoint.start(config, gate -> protocol, event -> events.add(event.describe()));
  }
}
