package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds of an endpoint, and its end. */
@Timeout(60)
class LimitsTest {
  private static DtlsConfig server() {
    return Side.config(Keys.server()).serverRole();
  }

  @Test
  void newcomersWaitWhileAllPlacesAreInUse() {
    DtlsConfig two = server().withMaxAssociations(2);
    try (RawSide server = new RawSide(two, true);
        RawSide a = RawSide.client();
        RawSide b = RawSide.client();
        RawSide c = hasty();
        RawSide d = hasty()) {
      Peer first = a.connect(server.endpoint.address());
      b.connect(server.endpoint.address());
      assertThatThrownBy(() -> c.connect(server.endpoint.address()))
          .hasRootCauseInstanceOf(HandshakeFailure.class);
      a.endpoint.disconnect(first);
      Side.await(() -> server.protocol.ended.size() == 1);
      // The place is free some moments after its association has ended.
      Side.await(() -> connects(d, server));
      assertThat(server.protocol.associated).hasSize(3);
    }
  }

  private static RawSide hasty() {
    return new RawSide(
        Side.config(Keys.client()).clientRole().withHandshakeTimeout(Duration.ofSeconds(2)), false);
  }

  private static boolean connects(RawSide client, RawSide server) {
    try {
      client.connect(server.endpoint.address());
      return true;
    } catch (CompletionException notYet) {
      return false;
    }
  }

  @Test
  void theOneThatWasLongestSilentYieldsWhenItIsStale() throws InterruptedException {
    DtlsConfig one =
        server().withLimits(new DtlsConfig.Limits(1, Duration.ofSeconds(1), Duration.ofDays(1)));
    try (RawSide server = new RawSide(one, true);
        RawSide a = RawSide.client();
        RawSide b = RawSide.client()) {
      a.connect(server.endpoint.address());
      Thread.sleep(1500);
      b.connect(server.endpoint.address());
      Side.await(() -> server.protocol.ended.size() == 1);
      assertThat(server.protocol.ended).containsExactly(server.protocol.associated.get(0));
    }
  }

  @Test
  void anIdleAssociationEnds() {
    DtlsConfig impatient =
        server()
            .withLimits(new DtlsConfig.Limits(10, Duration.ofMinutes(1), Duration.ofMillis(400)));
    try (RawSide server = new RawSide(impatient, true);
        RawSide client = RawSide.client()) {
      client.connect(server.endpoint.address());
      Side.await(() -> server.protocol.ended.size() == 1);
      Side.await(() -> client.protocol.ended.size() == 1); // close_notify told it
    }
  }

  @Test
  void closingTellsThePeersAndEndsTheThread() {
    try (RawSide server = RawSide.server()) {
      RawSide client = RawSide.client();
      client.connect(server.endpoint.address());
      client.close();
      Side.await(() -> server.protocol.ended.size() == 1);
      assertThatThrownBy(() -> client.connect(server.endpoint.address()))
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("the endpoint is closed");
      client.endpoint.disconnect(server.protocol.associated.get(0));
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(
            thread ->
                thread.getName().startsWith("moat-dtls") || thread.getName().startsWith("DTLS"));
  }

  @Test
  void oneThreadServesAnEndpoint() {
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client()) {
      client.connect(server.endpoint.address());
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("moat-dtls"))
          .extracting(Thread::isDaemon)
          .as("a server keeps its process alive, a client does not")
          .containsExactlyInAnyOrder(true, false);
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith("DTLS"));
    }
  }

  @Test
  void aServerBeginsNoHandshakes() {
    try (RawSide server = RawSide.server()) {
      assertThatThrownBy(() -> server.connect(server.endpoint.address()))
          .hasRootCauseMessage("this endpoint begins no handshakes");
    }
  }

  @Test
  void saysWhichAddressIsTaken() {
    try (RawSide server = RawSide.server()) {
      DtlsConfig same = DtlsConfig.at(server.endpoint.address(), Keys.server());
      assertThatThrownBy(() -> new RawSide(same, true)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void configurationsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> server().withConnectionIdOctets(21))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server().withReplayWindow(32))
        .hasMessage("a replay window is 64 or 0: 32");
    assertThatThrownBy(() -> server().withMaxAssociations(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server().withHandshakeTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new DtlsConfig.Handshakes(Duration.ofDays(1), Duration.ofDays(1), 0, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DtlsConfig.Records(4, 64, 100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server().withSessionResumption(false).handshakes().resumption()).isFalse();
  }
}
