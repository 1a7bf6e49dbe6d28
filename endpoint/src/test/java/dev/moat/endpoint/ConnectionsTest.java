package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.cause;
import static dev.moat.endpoint.Loopback.doubt;
import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.credentials.Credentials;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How connections and associations begin and end, as callers see it. */
@Timeout(60)
class ConnectionsTest {
  private final AllSchemes served = new AllSchemes();

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void goesOnAfterTheServerWasStartedAgain(Scheme scheme) {
    try (CoapClient client = AllSchemes.client(AllSchemes.TLS.client())) {
      String uri;
      try (CoapServer server = start(scheme, 0)) {
        uri = AllSchemes.uri(server, scheme, "/hello");
        assertThat(response(client.get(uri)).code()).isEqualTo(Code.CONTENT);
      }
      int port = Integer.parseInt(uri.replaceAll(".*:(\\d+)/.*", "$1"));
      try (CoapServer again = start(scheme, port)) {
        assertThat(again.port()).isEqualTo(port);
        assertThat(response(client.get(uri)).code()).isEqualTo(Code.CONTENT);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#connected")
  void doesNotKnowWhatBecameOfARequestWhoseConnectionEnded(Scheme scheme) throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (CoapClient client = AllSchemes.impatient(AllSchemes.TLS.client())) {
      CompletableFuture<Outcome> waiting;
      try (CoapServer server = start(scheme, 0)) {
        Outcome observed =
            client.observe(AllSchemes.uri(server, scheme, "/state"), AllSchemes.collecting(seen));
        assertThat(response(observed).code()).isEqualTo(Code.CONTENT);
        waiting = client.getAsync(AllSchemes.uri(server, scheme, "/slow")).toCompletableFuture();
        assertThat(served.slowBegun.await(10, TimeUnit.SECONDS)).isTrue();
      }
      Outcome outcome = waiting.get(10, TimeUnit.SECONDS);
      assertThat(doubt(outcome)).isEqualTo(Outcome.Doubt.CONNECTION_LOST);
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("end CONNECTION_LOST");
      // The way leads by the URI, not by the connection that is gone.
      Outcome readBack =
          client
              .reconcile((Outcome.Unknown) outcome)
              .readBack()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      assertThat(cause(readBack)).isEqualTo(Outcome.Cause.NO_CONNECTION);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#secured")
  void saysWhyAServerIsNotTaken(Scheme scheme) {
    Credentials stranger = new TlsFixture().client();
    try (CoapServer server = start(scheme, 0);
        CoapClient client = AllSchemes.client(stranger)) {
      Outcome outcome = client.get(AllSchemes.uri(server, scheme, "/hello"));
      assertThat(cause(outcome)).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(AllSchemes.reason(outcome)).contains("certificate").doesNotContain("Exception");
    }
  }

  @Test
  void saysThatAPreSharedKeyIsNotTheServers() {
    try (CoapServer server = start(Scheme.COAPS, 0);
        CoapClient client = AllSchemes.impatient(TlsFixture.sharing("another key, 16+"));
        CoapClient right = AllSchemes.client(TlsFixture.sharing("0123456789abcdef"))) {
      Outcome outcome = client.get(AllSchemes.uri(server, Scheme.COAPS, "/hello"));
      assertThat(cause(outcome)).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(AllSchemes.reason(outcome)).contains("key").doesNotContain("Exception");
      assertThat(
              response(right.get(AllSchemes.uri(server, Scheme.COAPS, "/whoami")))
                  .payload()
                  .toUtf8())
          .isEqualTo("PSK identity \"phone\"");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#streams")
  void saysThatNobodyListens(Scheme scheme) throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    try (CoapClient client = AllSchemes.client(AllSchemes.TLS.client())) {
      Outcome outcome = client.get(scheme + "://127.0.0.1:" + closed + "/");
      assertThat(cause(outcome)).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(AllSchemes.reason(outcome)).contains(":" + closed).doesNotContain("Exception");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#secured")
  void givesAHandshakeUpInTimeAndWhenItCloses(Scheme scheme) throws Exception {
    CoapClient client = AllSchemes.client(AllSchemes.TLS.client());
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        ServerSocket mute = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      int port = scheme == Scheme.COAPS ? silent.getLocalPort() : mute.getLocalPort();
      String uri = scheme + "://127.0.0.1:" + port + "/";
      Outcome impatient =
          client.send(ClientRequest.of(Code.GET, uri).timeout(Duration.ofMillis(200)));
      assertThat(cause(impatient)).isEqualTo(Outcome.Cause.CANCELLED_UNSENT);
      CompletableFuture<Outcome> waiting = client.getAsync(uri).toCompletableFuture();
      client.close();
      assertThat(waiting.get(5, TimeUnit.SECONDS)).isInstanceOf(Outcome.NotDelivered.class);
      assertThat(cause(client.get(uri))).isEqualTo(Outcome.Cause.CLOSED);
    } finally {
      client.close();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void leavesNoThreadBehind(Scheme scheme) {
    try (CoapServer server = start(scheme, 0);
        CoapClient client = AllSchemes.client(AllSchemes.TLS.client())) {
      assertThat(response(client.get(AllSchemes.uri(server, scheme, "/hello"))).code())
          .isEqualTo(Code.CONTENT);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("moat-") && thread.isAlive());
  }

  @Test
  void opensNoMoreConnectionsThanAllowed() {
    try (CoapServer one = start(Scheme.COAP_TCP, 0);
        CoapServer other = start(Scheme.COAP_TCP, 0);
        CoapClient client =
            CoapClient.builder()
                .events(EventSink.NONE)
                .streams(c -> c.withLimits(c.limits().withConnections(1, 1)))
                .build()) {
      String first = AllSchemes.uri(one, Scheme.COAP_TCP, "/hello");
      assertThat(response(client.get(first)).code()).isEqualTo(Code.CONTENT);
      Outcome refused = client.get(AllSchemes.uri(other, Scheme.COAP_TCP, "/hello"));
      assertThat(cause(refused)).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(AllSchemes.reason(refused)).isEqualTo("already 1 connections are open");
      assertThat(response(client.get(first)).code()).isEqualTo(Code.CONTENT);
    }
  }

  private CoapServer start(Scheme scheme, int port) {
    return served.server().listen(scheme + "://127.0.0.1:" + port).start();
  }
}
