package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.Peer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server does for newcomers while all its places are in use. Virtual time, no sockets. */
@Timeout(60)
class FullServerTest {
  private static final int CLIENT_HELLO = 1;
  private static final int HELLO_VERIFY_REQUEST = 3;

  private static DtlsConfig onePlace(Duration handshakeTimeout) {
    return Side.config(Keys.server())
        .serverRole()
        .withMaxAssociations(1)
        .withHandshakeTimeout(handshakeTimeout);
  }

  private static DtlsConfig client() {
    return Side.config(Keys.client()).clientRole();
  }

  @Test
  void aNewcomerMeetsSilenceOnceItsAddressIsProven() {
    try (Wire wire = new Wire()) {
      Wire.Station server = wire.station(onePlace(Duration.ofSeconds(20)));
      CompletableFuture<Peer> first = wire.station(client()).connect(server);
      wire.run(100);
      assertThat(first).isCompleted();
      wire.seen().clear();
      CompletableFuture<Peer> newcomer = wire.station(client()).connect(server);
      wire.run(60_000);
      assertThat(newcomer).isCompletedExceptionally();
      // One cookie; then the hello with it, and again after 1, 3, 7 and 15 s.
      assertThat(wire.seen()).filteredOn(each -> each.from().equals(server.at)).hasSize(1);
      assertThat(wire.seen()).filteredOn(each -> each.isHandshake(CLIENT_HELLO)).hasSize(6);
      assertThat(wire.seen()).hasSize(7);
      assertThat(server.refusals()).hasSize(5).containsOnly("there are too many associations");
      assertThat(server.protocol.ended).isEmpty();
    }
  }

  @Test
  void aNewcomerGetsThePlaceThatBecomesFreeWhileItWaits() {
    try (Wire wire = new Wire()) {
      Wire.Station server = wire.station(onePlace(Duration.ofSeconds(20)));
      Wire.Station leaver = wire.station(client());
      CompletableFuture<Peer> first = leaver.connect(server);
      wire.run(100);
      CompletableFuture<Peer> newcomer = wire.station(client()).connect(server);
      wire.run(2_000);
      assertThat(newcomer).isNotDone();
      leaver.disconnect(first.join());
      wire.run(1_500); // its second retransmission is due
      assertThat(newcomer).isCompleted();
      assertThat(server.protocol.associated).hasSize(2);
      assertThat(server.protocol.ended).hasSize(1);
    }
  }

  @Test
  void aHandshakeWithNobodyBehindItLosesItsPlaceAfterTheHandshakeTimeout() {
    try (Wire wire = new Wire()) {
      Wire.Station server = wire.station(onePlace(Duration.ofSeconds(5)));
      Wire.Station ghost = wire.station(client());
      // Its hellos arrive; it never goes on.
      wire.only(each -> !each.from().equals(ghost.at) || each.isHandshake(CLIENT_HELLO));
      CompletableFuture<Peer> ended = ghost.connect(server);
      wire.run(4_900);
      assertThat(server.refusals()).isEmpty();
      wire.run(200);
      assertThat(server.refusals()).containsExactly("the client did not go on");
      CompletableFuture<Peer> next = wire.station(client()).connect(server);
      wire.run(100);
      assertThat(next).isCompleted();
      assertThat(ended).isNotDone();
      wire.run(60_000);
      assertThat(server.protocol.associated).hasSize(1);
      assertThat(server.protocol.ended).as("the time-out of a finished handshake").isEmpty();
    }
  }

  @Test
  void aClientThatBeginsAgainReplacesItsOwnHalfOpenHandshake() {
    try (Wire wire = new Wire()) {
      Wire.Station server = wire.station(onePlace(Duration.ofSeconds(20)));
      Wire.Station client = wire.station(client().withHandshakeTimeout(Duration.ofMillis(2_500)));
      wire.only(each -> !each.from().equals(client.at) || each.isHandshake(CLIENT_HELLO));
      CompletableFuture<Peer> lost = client.connect(server);
      wire.run(3_000);
      assertThat(lost).isCompletedExceptionally();
      wire.only(each -> true);
      CompletableFuture<Peer> again = client.connect(server);
      wire.run(2_000);
      assertThat(again).isCompleted();
      assertThat(server.protocol.associated).hasSize(1);
    }
  }

  @Test
  void aCookieThatIsNotOursIsStillAnsweredWithOneThatIs() {
    try (Wire wire = new Wire()) {
      Wire.Station server = wire.station(onePlace(Duration.ofSeconds(20)));
      Wire.Station other = wire.station(onePlace(Duration.ofSeconds(20)));
      CompletableFuture<Peer> elsewhere = wire.station(client()).connect(other);
      wire.run(100);
      assertThat(elsewhere).isCompleted();
      Wire.Datagram foreign =
          wire.seen().stream()
              .filter(each -> each.isHandshake(CLIENT_HELLO))
              .reduce((one, later) -> later)
              .orElseThrow();
      wire.seen().clear();
      server.receive(foreign); // with a cookie that this server never made
      wire.run(10);
      assertThat(wire.seen())
          .filteredOn(each -> each.from().equals(server.at))
          .singleElement()
          .matches(each -> each.isHandshake(HELLO_VERIFY_REQUEST));
    }
  }
}
