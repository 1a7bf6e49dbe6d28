package dev.moat.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A server with resources of every kind, and a client of it. */
final class Loopback implements AutoCloseable {
  static final int LARGE = 64 * 1024;

  final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "state 0"));
  final AtomicReference<Bytes> stored = new AtomicReference<>(Bytes.utf8("empty"));
  final CoapServer server;
  final CoapClient client;

  Loopback() {
    server = server(0).start();
    client = CoapClient.builder().events(EventSink.NONE).build();
  }

  CoapServer.Builder server(int port) {
    return CoapServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(port)
        .events(EventSink.NONE)
        .sockets(udp -> udp.withThreads(new UdpConfig.Threads("loopback-test", true, false)))
        .allowUnsecuredActuators()
        .resource(Resource.at("/hello").get(request -> Response.text(Code.CONTENT, "hi")))
        .resource(Resource.at("/state").observable(state))
        .resource(
            Resource.at("/store")
                .get(request -> Response.of(Code.CONTENT).withPayload(stored.get()))
                .put(request -> store(request.payload()))
                .post(request -> Response.of(Code.CHANGED).withPayload(request.payload()))
                .delete(request -> store(Bytes.empty())))
        .resource(
            Resource.at("/slow")
                .on(
                    Code.GET,
                    request ->
                        CompletableFuture.supplyAsync(
                            () -> Reply.of(Response.text(Code.CONTENT, "at last")),
                            CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS))))
        .resource(
            Resource.at("/broken")
                .get(
                    request -> {
                      throw new IllegalStateException("planted");
                    }));
  }

  private Response store(Bytes body) {
    stored.set(body);
    return Response.of(body.isEmpty() ? Code.DELETED : Code.CHANGED);
  }

  String uri(String path) {
    return "coap://127.0.0.1:" + server.port() + path;
  }

  static Response response(Outcome outcome) {
    return outcome.fold(
        Outcome.Responded::response,
        n -> {
          throw new AssertionError(n);
        },
        u -> {
          throw new AssertionError(u);
        });
  }

  static Outcome.Cause cause(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotDelivered.class);
    return ((Outcome.NotDelivered) outcome).cause();
  }

  static Outcome.Doubt doubt(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    return ((Outcome.Unknown) outcome).doubt();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
