package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreSharedKeyTest {
  private final AtomicReference<Request> seen = new AtomicReference<>();
  private final Router router =
      Router.of(
          Resource.at("/hello")
              .get(
                  request -> {
                    seen.set(request);
                    return Response.text(Code.CONTENT, "hi");
                  }));

  @Test
  void getsOverAnAssociation() {
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client())) {
      Peer peer = client.connect(server.address(), "127.0.0.1");
      assertThat(peer.association()).isPositive();
      assertThat(client.get(peer, "/hello").payload().toUtf8()).isEqualTo("hi");
      Request request = seen.get();
      assertThat(request.arrival().security()).isEqualTo(Arrival.Security.TRANSPORT);
      assertThat(request.arrival().addressProven()).isTrue();
      assertThat(request.peer().association()).isPositive();
      assertThat(request.context().find(PeerIdentity.KEY))
          .contains(new PeerIdentity.PreSharedKey("lock"));
    }
  }

  @Test
  void sharesOneHandshakeAndOneAssociation() {
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client())) {
      CompletableFuture<Peer> first = client.endpoint.connect(server.address(), "127.0.0.1");
      CompletableFuture<Peer> second = client.endpoint.connect(server.address(), "127.0.0.1");
      Peer peer = client.connect(server.address(), "127.0.0.1");
      assertThat(first.join()).isEqualTo(peer);
      assertThat(second.join()).isEqualTo(peer);
      assertThat(server.events(DtlsEvent.Associated.class)).hasSize(1);
    }
  }

  @Test
  void endsOnBothSidesWhenOneCloses() {
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client())) {
      Peer peer = client.connect(server.address(), "127.0.0.1");
      assertThat(client.get(peer, "/hello").code()).isEqualTo(Code.CONTENT);
      client.endpoint.disconnect(peer);
      server.awaitEvent(DtlsEvent.Ended.class);
      assertThat(client.awaitEvent(DtlsEvent.Ended.class).peer()).isEqualTo(peer);
      Peer again = client.connect(server.address(), "127.0.0.1");
      assertThat(again.association()).isNotEqualTo(peer.association());
      assertThat(client.get(again, "/hello").code()).isEqualTo(Code.CONTENT);
    }
  }

  @Test
  void connectsAgainAsOftenAsItDisconnects() {
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client())) {
      for (int i = 0; i < 10; i++) {
        Peer peer = client.connect(server.address(), "127.0.0.1");
        assertThat(peer.association()).isPositive();
        client.endpoint.disconnect(peer); // nothing was ever said in it
      }
      assertThat(client.events(DtlsEvent.Associated.class)).hasSize(10).doesNotHaveDuplicates();
    }
  }

  @Test
  void tellsAWrongKey() {
    try (Side server = Side.server(Keys.server(), router);
        Side client =
            Side.of(
                Side.config(Keys.client("lock", "another key here"))
                    .clientRole()
                    .withHandshakeTimeout(java.time.Duration.ofSeconds(3)),
                Router.of())) {
      assertThat(client.refusal(server.address(), "127.0.0.1"))
          .isEqualTo(
              "the server fell silent: most likely it does not know our PSK identity \"lock\","
                  + " or has another key for it");
      assertThat(server.awaitEvent(DtlsEvent.HandshakeRefused.class).sentence())
          .isEqualTo("the client most likely has another key for the PSK identity \"lock\"");
    }
  }

  @Test
  void tellsAnUnknownIdentity() {
    try (Side server = Side.server(Keys.server(), router);
        Side client =
            Side.of(
                Side.config(Keys.client("door", "0123456789abcdef"))
                    .clientRole()
                    .withHandshakeTimeout(java.time.Duration.ofSeconds(3)),
                Router.of())) {
      assertThat(client.refusal(server.address(), "127.0.0.1")).contains("most likely", "\"door\"");
      assertThat(server.awaitEvent(DtlsEvent.HandshakeRefused.class).sentence())
          .isEqualTo("the client is not known here by its PSK identity \"door\"");
    }
  }

  @Test
  void tellsThatNobodyAnswers() {
    try (Side client =
        Side.of(
            Side.config(Keys.client())
                .clientRole()
                .withHandshakeTimeout(java.time.Duration.ofSeconds(2)),
            Router.of())) {
      assertThat(client.refusal(client.address(), "127.0.0.1"))
          .isEqualTo("the server did not answer");
    }
  }
}
