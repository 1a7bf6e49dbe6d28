package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an attacker on the path gains from records. */
@Timeout(60)
class RecordsTest {
  private final List<byte[]> captured = Collections.synchronizedList(new ArrayList<>());

  private List<byte[]> capture(boolean toServer, byte[] datagram) {
    if (toServer) {
      captured.add(datagram);
    }
    return List.of(datagram);
  }

  private byte[] last() {
    return captured.get(captured.size() - 1);
  }

  @Test
  @Tag("AT-01")
  void showNothingOfWhatTheyCarry() {
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Peer peer = client.connect(nat.path().address());
      nat.tamper(this::capture);
      client.send(peer, "a secret of the lock");
      Side.await(() -> server.protocol.texts().contains("a secret of the lock"));
      assertThat(captured)
          .isNotEmpty()
          .noneMatch(each -> new String(each, StandardCharsets.ISO_8859_1).contains("secret"));
    }
  }

  @Test
  @Tag("AT-04")
  void areTakenOnce() {
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address());
      nat.tamper(this::capture);
      client.send(peer, "open");
      Side.await(() -> !server.protocol.received.isEmpty());
      for (int i = 0; i < 20; i++) {
        path.inject(last());
      }
      client.send(peer, "after");
      Side.await(() -> server.protocol.texts().contains("after"));
      assertThat(server.protocol.texts()).containsExactly("open", "after");
    }
  }

  @Test
  @Tag("AT-02")
  void ofAnotherAssociationChangeNothing() {
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client();
        RawSide other = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address());
      nat.tamper(this::capture);
      Peer stranger = other.connect(nat.path().address());
      other.send(stranger, "mine");
      Side.await(() -> server.protocol.texts().contains("mine"));
      Peer ofStranger = server.protocol.received.get(0).peer();
      List.copyOf(captured).forEach(path::inject);
      client.send(peer, "still here");
      Side.await(() -> server.protocol.texts().contains("still here"));
      assertThat(server.protocol.texts()).containsExactly("mine", "still here");
      assertThat(server.protocol.received.get(1).peer()).isNotEqualTo(ofStranger);
      assertThat(server.protocol.ended).isEmpty();
    }
  }

  @Test
  @Tag("AT-03")
  void withAnyOctetChangedAreDropped() {
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address());
      nat.tamper(
          (toServer, datagram) -> {
            capture(toServer, datagram);
            return toServer ? List.of() : List.of(datagram);
          });
      client.send(peer, "open");
      Side.await(() -> !captured.isEmpty());
      byte[] genuine = last();
      for (int i = 0; i < genuine.length; i++) {
        byte[] forged = genuine.clone();
        forged[i] ^= 1;
        path.inject(forged);
      }
      path.inject(genuine); // what was forged before does not count as seen
      Side.await(() -> !server.protocol.received.isEmpty());
      assertThat(server.protocol.texts()).containsExactly("open");
      assertThat(server.protocol.ended).isEmpty();
    }
  }

  @Test
  void mayOvertakeEachOtherWithinTheWindow() {
    assertThat(afterReordering(64)).containsExactlyInAnyOrder("first", "second", "last");
  }

  @Test
  @Tag("AT-19")
  void mayNotOvertakeEachOtherWithoutAWindow() {
    assertThat(afterReordering(0)).containsExactly("second", "last");
  }

  private List<String> afterReordering(int window) {
    DtlsConfig config = Side.config(Keys.server()).serverRole().withReplayWindow(window);
    try (RawSide server = new RawSide(config, false);
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address());
      nat.tamper(
          (toServer, datagram) -> {
            capture(toServer, datagram);
            return List.of();
          });
      client.send(peer, "first");
      client.send(peer, "second");
      Side.await(() -> captured.size() == 2);
      nat.tamper((toServer, datagram) -> List.of(datagram));
      path.inject(captured.get(1));
      path.inject(captured.get(0));
      client.send(peer, "last");
      Side.await(() -> server.protocol.texts().contains("last"));
      return server.protocol.texts();
    }
  }
}
