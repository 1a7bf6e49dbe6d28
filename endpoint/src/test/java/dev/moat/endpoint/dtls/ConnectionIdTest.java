package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 9146: an association outlives its addresses. */
@Timeout(120)
class ConnectionIdTest {
  private static final int MANY = 1000;

  @Test
  void keepsAnAssociationWhenTheAddressChanges() {
    try (RawSide server = new RawSide(Side.config(Keys.server()).serverRole(), true);
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address());
      client.send(peer, "before");
      Side.await(() -> client.protocol.texts().contains("before"));
      path.rebind();
      client.send(peer, "after");
      Side.await(() -> client.protocol.texts().contains("after"));
      assertThat(server.protocol.associated).hasSize(1);
      assertThat(server.protocol.received)
          .allMatch(each -> each.peer().equals(server.protocol.associated.get(0)));
    }
  }

  @Test
  void withoutOneAChangedAddressIsUnknown() throws InterruptedException {
    DtlsConfig config = Side.config(Keys.server()).serverRole().withConnectionIdOctets(-1);
    try (RawSide server = new RawSide(config, true);
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address());
      client.send(peer, "before");
      Side.await(() -> client.protocol.texts().contains("before"));
      path.rebind();
      client.send(peer, "after");
      Thread.sleep(300);
      assertThat(server.protocol.texts()).containsExactly("before");
    }
  }

  @Test
  void movesTheAddressOnlyWithAVerifiedAndNewerRecord() {
    List<byte[]> captured = new ArrayList<>();
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Nat.Path path = nat.path();
      Nat.Path attacker = nat.path();
      Peer peer = client.connect(path.address());
      nat.tamper(
          (toServer, datagram) -> {
            if (toServer) {
              captured.add(datagram);
            }
            return toServer && captured.size() == 1 ? List.of() : List.of(datagram);
          });
      client.send(peer, "held back");
      client.send(peer, "newer");
      Side.await(() -> server.protocol.texts().contains("newer"));
      byte[] forged = captured.get(1).clone();
      forged[forged.length - 1] ^= 1;
      attacker.inject(forged); // not verified
      attacker.inject(captured.get(1)); // verified before
      attacker.inject(captured.get(0)); // genuine, but older
      Side.await(() -> server.protocol.texts().contains("held back"));
      Peer atServer = server.protocol.associated.get(0);
      server.send(atServer, "for the client");
      Side.await(() -> client.protocol.texts().contains("for the client"));
      assertThat(server.protocol.texts()).containsExactly("newer", "held back");
    }
  }

  /**
   * A thousand associations of one client endpoint, each by a way of its own through the box, so
   * that the server sees a thousand clients, and all of them move.
   */
  @Test
  void aThousandClientsConnectIdleMoveAndGoOn() throws Exception {
    try (RawSide server = new RawSide(Side.config(Keys.server()).serverRole(), true);
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      List<Nat.Path> paths = new ArrayList<>();
      List<Peer> peers = new ArrayList<>();
      long start = System.nanoTime();
      for (int done = 0; done < MANY; done += 100) {
        List<CompletableFuture<Peer>> connecting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          Nat.Path path = nat.path();
          paths.add(path);
          connecting.add(client.endpoint.connect(path.address(), "127.0.0.1"));
        }
        for (CompletableFuture<Peer> each : connecting) {
          peers.add(each.get(60, TimeUnit.SECONDS));
        }
      }
      long connected = System.nanoTime();
      for (int i = 0; i < MANY; i++) {
        client.send(peers.get(i), "before " + i);
      }
      Side.await(() -> server.protocol.received.size() == MANY);
      paths.forEach(Nat.Path::rebind);
      for (int i = 0; i < MANY; i++) {
        client.send(peers.get(i), "after " + i);
      }
      Side.await(() -> client.protocol.received.size() == 2 * MANY);
      System.out.printf(
          "1000 associations: %d ms to connect, %d ms to talk, move and talk%n",
          (connected - start) / 1_000_000, (System.nanoTime() - connected) / 1_000_000);
      assertThat(server.protocol.associated).hasSize(MANY).doesNotHaveDuplicates();
      assertThat(server.protocol.ended).isEmpty();
      assertThat(client.protocol.texts()).doesNotHaveDuplicates();
    }
  }
}
