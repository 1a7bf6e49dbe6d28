package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.Scheme;
import dev.moat.coap.uri.UriFormatException;
import dev.moat.engine.resource.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenersTest {
  @Test
  void readsSchemeAddressAndPort() {
    assertThat(Listener.of("coaps+tcp://127.0.0.1:7000")).hasToString("coaps+tcp://127.0.0.1:7000");
    assertThat(Listener.of("coaps://[::1]")).hasToString("coaps://[::1]:5684");
    assertThat(Listener.of("coap://[::1]:0")).hasToString("coap://[::1]:0");
    assertThat(Listener.of("coap+ws://localhost").address().getPort()).isEqualTo(80);
  }

  @Test
  void refusesWhatIsNoPlaceToListen() {
    assertThatThrownBy(() -> Listener.of("http://127.0.0.1"))
        .isInstanceOf(UriFormatException.class);
    assertThatThrownBy(() -> Listener.of("coap://127.0.0.1/path"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no path");
    assertThatThrownBy(() -> Listener.of("coap://no-such-host.invalid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no address is known for no-such-host.invalid");
  }

  @Test
  void servesTheSameResourcesOnSeveralPorts() {
    try (CoapServer server =
            hello().listen("coap://127.0.0.1:0").listen("coap://127.0.0.1:0").start();
        CoapClient client = CoapClient.builder().events(EventSink.NONE).build()) {
      assertThat(server.listeners()).hasSize(2).doesNotHaveDuplicates();
      for (Listener listener : server.listeners()) {
        assertThat(response(client.get(listener + "/hello")).payload().toUtf8()).isEqualTo("hi");
      }
      assertThat(server.port()).isEqualTo(server.port(Scheme.COAP));
      assertThatThrownBy(() -> server.port(Scheme.COAPS))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void listensOnThePortToo() {
    try (CoapServer server =
        hello()
            .listen("coap://127.0.0.1:0")
            .port(0)
            .address(InetAddress.getLoopbackAddress())
            .start()) {
      assertThat(server.listeners()).hasSize(2);
    }
  }

  @Test
  void opensAllOrNone() throws IOException {
    int first;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      first = free.getLocalPort();
    }
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CoapServer.Builder builder =
          hello()
              .listen("coap://127.0.0.1:" + first)
              .listen("coap://127.0.0.1:" + taken.getLocalPort());
      assertThatThrownBy(builder::start).isInstanceOf(UncheckedIOException.class);
      new DatagramSocket(first, InetAddress.getLoopbackAddress()).close();
    }
  }

  @Test
  void saysWhatASecuredListenerLacks() {
    for (String scheme : new String[] {"coaps", "coaps+tcp", "coaps+ws"}) {
      CoapServer.Builder builder = hello().listen(scheme + "://127.0.0.1:0");
      assertThatThrownBy(builder::start)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot listen on " + scheme + "://127.0.0.1:0: ")
          .hasMessageContaining("certificate");
    }
  }

  @Test
  void joinsGroupsOnlyWithoutSecurity() throws IOException {
    CoapServer.Builder builder =
        hello()
            .listen("coap+tcp://127.0.0.1:0")
            .multicast(NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multicast");
  }

  private static CoapServer.Builder hello() {
    return CoapServer.builder()
        .events(EventSink.NONE)
        .resource(Resource.at("/hello").get(request -> Response.text(Code.CONTENT, "hi")));
  }
}
