package dev.moat.foe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Foe on a path of connections: in order or not at all. */
@Timeout(30)
class StreamRelayTest {
  // Frames with a token of one octet, by which they differ (RFC 8323, Section 3.2).
  private static final Bytes ONE = Bytes.of(0x01, 0x02, 1);
  private static final Bytes TWO = Bytes.of(0x01, 0x02, 2);
  private static final Bytes THREE = Bytes.of(0x01, 0x02, 3);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int SILENCE_MILLIS = 150;

  private final List<Bytes> toServer = new ArrayList<>();
  private final List<Bytes> toClient = new ArrayList<>();
  private RunLoop loop;
  private ServerSocket listening;
  private StreamRelay relay;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    loop = new RunLoop();
    listening = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    relay =
        StreamRelay.open(
            loop,
            Cutter.of(Transport.TCP),
            (InetSocketAddress) listening.getLocalSocketAddress(),
            (direction, unit) ->
                (direction == Direction.TO_SERVER ? toServer : toClient).add(unit));
    client = new Socket(relay.address().getAddress(), relay.address().getPort());
    turns();
    server = listening.accept();
    client.setSoTimeout(SILENCE_MILLIS);
    server.setSoTimeout(SILENCE_MILLIS);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    relay.close();
    listening.close();
    loop.close();
  }

  private void turns() {
    loop.run(() -> false, Duration.ofMillis(60));
  }

  private void sends(Socket socket, Bytes... units) throws IOException {
    for (Bytes unit : units) {
      socket.getOutputStream().write(unit.toArray());
    }
  }

  private static Bytes received(Socket socket, int octets) throws IOException {
    return Bytes.copyOf(socket.getInputStream().readNBytes(octets));
  }

  private static boolean isSilent(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == Integer.MIN_VALUE;
    } catch (SocketTimeoutException silence) {
      return true;
    }
  }

  @Test
  void offersEachUnitAndHandsOnOnlyWhatIsDelivered() throws IOException {
    sends(client, ONE, TWO);
    loop.run(() -> toServer.size() == 2, LIMIT);
    assertThat(toServer).containsExactly(ONE, TWO);
    assertThat(isSilent(server)).isTrue();
    relay.deliver(Direction.TO_SERVER, ONE);
    assertThat(received(server, 3)).isEqualTo(ONE);
    assertThat(relay.isBackPort(server.getPort())).isTrue();
    assertThat(relay.isBackPort(client.getPort())).isFalse();
  }

  @Test
  @Tag("AT-13")
  void stallsEverythingBehindWhatIsHeld() throws IOException {
    sends(client, ONE, TWO, THREE);
    loop.run(() -> toServer.size() == 3, LIMIT);
    relay.deliver(Direction.TO_SERVER, THREE);
    relay.deliver(Direction.TO_SERVER, TWO);
    assertThat(isSilent(server)).isTrue();
    relay.deliver(Direction.TO_SERVER, ONE);
    assertThat(received(server, 9)).isEqualTo(ONE.plus(TWO).plus(THREE));
  }

  @Test
  void cutsADirectionForGoodWhereSomethingIsNeverDelivered() throws IOException {
    sends(client, ONE);
    loop.run(() -> toServer.size() == 1, LIMIT);
    sends(client, TWO);
    loop.run(() -> toServer.size() == 2, LIMIT);
    relay.deliver(Direction.TO_SERVER, TWO);
    client.shutdownOutput();
    turns();
    assertThat(isSilent(server)).as("neither TWO nor the end of the stream").isTrue();
    sends(server, THREE);
    loop.run(() -> toClient.size() == 1, LIMIT);
    relay.deliver(Direction.TO_CLIENT, THREE);
    assertThat(received(client, 3)).as("the other direction").isEqualTo(THREE);
  }

  @Test
  void handsTheEndOfTheStreamOnBehindAllThatCameBefore() throws IOException {
    sends(client, ONE);
    client.shutdownOutput();
    loop.run(() -> toServer.size() == 1, LIMIT);
    turns();
    relay.deliver(Direction.TO_SERVER, ONE);
    turns();
    assertThat(received(server, 3)).isEqualTo(ONE);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  @Tag("AT-13")
  void keepsTheServersSideOfAConnectionThatTheClientGaveUp() throws IOException {
    assertThat(relay.abandonStalled()).as("nothing is stalled").isFalse();
    sends(client, ONE);
    loop.run(() -> toServer.size() == 1, LIMIT);
    assertThat(relay.abandonStalled()).isTrue();
    turns();
    assertThat(isGone(client)).isTrue();
    relay.deliver(Direction.TO_SERVER, ONE);
    assertThat(received(server, 3)).isEqualTo(ONE);
    assertThat(isSilent(server)).isTrue();
  }

  private static boolean isGone(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketTimeoutException alive) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void deliversNothingTwiceAndNothingUnasked() throws IOException {
    sends(client, ONE);
    loop.run(() -> toServer.size() == 1, LIMIT);
    relay.deliver(Direction.TO_SERVER, ONE);
    for (Bytes unit : List.of(ONE, TWO)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> relay.deliver(Direction.TO_SERVER, unit))
          .withMessageContaining("nothing goes twice, or unasked");
    }
  }

  @Test
  void readsNoMoreThanItHasRoomFor() throws IOException {
    Bytes big = Bytes.of(0xe1, 0xfe, 0xff, 0x02, 9).plus(Bytes.copyOf(new byte[0xfeff + 269]));
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 1000; i++) {
                  client.getOutputStream().write(big.toArray());
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    sender.setDaemon(true);
    sender.start();
    loop.run(() -> toServer.size() > 17, Duration.ofSeconds(2));
    assertThat(toServer).hasSizeBetween(10, 17);
  }
}
