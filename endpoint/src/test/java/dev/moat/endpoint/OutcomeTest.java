package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.cause;
import static dev.moat.endpoint.Loopback.doubt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.engine.resource.Resource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutcomeTest {
  private final CoapClient client = CoapClient.builder().events(EventSink.NONE).build();

  @Test
  void knowsThatANameWithoutAddressWasNeverAsked() {
    try (client) {
      assertThat(cause(client.get("coap://no-such-host.invalid/")))
          .isEqualTo(Outcome.Cause.NOT_SENDABLE);
    }
  }

  @Test
  void endsACallWhoseStackFails() {
    try (CoapClient broken =
        CoapClient.builder()
            .events(EventSink.NONE)
            .stack(
                stack ->
                    stack.withTokens(
                        random ->
                            request -> {
                              throw new IllegalStateException("planted");
                            }))
            .build()) {
      assertThatThrownBy(() -> broken.get("coap://127.0.0.1/"))
          .isInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("planted");
    }
  }

  @Test
  void saysWhatIsMissingForASecuredScheme() {
    try (client) {
      for (String scheme : List.of("coaps", "coaps+tcp", "coaps+ws")) {
        Outcome outcome = client.get(scheme + "://127.0.0.1/");
        assertThat(cause(outcome)).isEqualTo(Outcome.Cause.NO_CONNECTION);
        assertThat(((Outcome.NotDelivered) outcome).reason().orElseThrow())
            .startsWith(scheme + " ")
            .contains("trust anchor");
      }
    }
  }

  /** What was made for a scheme stays with it, also when it is sent as a request to a peer. */
  @Test
  void neverSendsWhatWasMadeForASecuredSchemeWithoutSecurity() throws IOException {
    try (client;
        DatagramSocket listening = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      listening.setSoTimeout(300);
      Outcome outcome = client.get("coaps://127.0.0.1:" + listening.getLocalPort() + "/");
      Outcome again = client.send(((Outcome.NotDelivered) outcome).request());
      assertThat(cause(again)).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThatThrownBy(() -> listening.receive(new DatagramPacket(new byte[9], 9)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void saysThatANameHasNoAddress() {
    try (client) {
      Outcome outcome = client.get("coap://no-such-host.invalid/");
      assertThat(((Outcome.NotDelivered) outcome).reason())
          .contains("no address is known for no-such-host.invalid");
    }
  }

  @Test
  void saysThatItsOwnPortIsTaken() throws IOException {
    try (DatagramSocket taken = new DatagramSocket();
        CoapClient second =
            CoapClient.builder()
                .events(EventSink.NONE)
                .bind(new InetSocketAddress(taken.getLocalPort()))
                .build()) {
      Outcome outcome = second.get("coap://127.0.0.1/");
      assertThat(cause(outcome)).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(((Outcome.NotDelivered) outcome).reason().orElseThrow())
          .contains("cannot listen on", "in use");
      assertThatThrownBy(second::address).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void knowsThatTheKernelRefusedToSend() {
    try (client) {
      // Broadcast needs a permission that the socket does not have.
      assertThat(cause(client.get("coap://255.255.255.255/"))).isEqualTo(Outcome.Cause.SEND_FAILED);
    }
  }

  @Test
  void doesNotTakeAClosedPortForAProof() throws IOException {
    int closed;
    try (DatagramSocket socket = new DatagramSocket()) {
      closed = socket.getLocalPort();
    }
    try (client) {
      ClientRequest request =
          ClientRequest.of(Code.GET, "coap://127.0.0.1:" + closed + "/")
              .timeout(Duration.ofMillis(300));
      assertThat(doubt(client.send(request))).isEqualTo(Outcome.Doubt.CANCELLED);
    }
  }

  @Test
  void concludesEveryCallWhenItCloses() throws Exception {
    CompletableFuture<Outcome> open;
    try (DatagramSocket silent =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      String uri = "coap://127.0.0.1:" + silent.getLocalPort() + "/";
      open = client.getAsync(uri).toCompletableFuture();
      client.close();
      assertThat(doubt(open.get(5, TimeUnit.SECONDS))).isEqualTo(Outcome.Doubt.CLOSED);
      assertThat(cause(client.get(uri))).isEqualTo(Outcome.Cause.CLOSED);
    }
  }

  @Test
  void refusesToBlockItsOwnLoop() {
    try (client) {
      CompletableFuture<Outcome> nested =
          client
              .sendAsync(
                  ClientRequest.of(Code.GET, "coap://127.0.0.1:9/").timeout(Duration.ofMillis(200)))
              .thenApply(outcome -> client.get("coap://127.0.0.1/"))
              .toCompletableFuture();
      assertThatThrownBy(() -> nested.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("Async");
    }
  }

  /** A handler that waits for its own server's loop would never be answered. */
  @Test
  void refusesToBlockTheLoopThatServes() {
    CoapServer.Builder builder = CoapServer.builder().port(0).events(EventSink.NONE);
    try (client;
        CoapServer server =
            builder
                .resource(
                    Resource.at("/nested")
                        .get(
                            request -> {
                              throw new AssertionError(client.get("coap://127.0.0.1/"));
                            }))
                .start()) {
      Outcome outcome = client.get("coap://127.0.0.1:" + server.port() + "/nested");
      assertThat(Loopback.response(outcome).code()).isEqualTo(Code.INTERNAL_SERVER_ERROR);
    }
  }
}
