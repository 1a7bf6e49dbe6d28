package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 6347, Section 4.2.1: an address is proven before anything costs anything. */
@Timeout(60)
class CookieTest {
  private static final int HANDSHAKE_TYPE = 13;
  private static final int CLIENT_HELLO = 1;
  private static final int HELLO_VERIFY_REQUEST = 3;

  private final List<byte[]> toServer = Collections.synchronizedList(new ArrayList<>());
  private final List<byte[]> toClient = Collections.synchronizedList(new ArrayList<>());

  private List<byte[]> capture(boolean isToServer, byte[] datagram) {
    (isToServer ? toServer : toClient).add(datagram);
    return List.of(datagram);
  }

  @Test
  void comesFirstAndAmplifiesNothing() {
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      nat.tamper(this::capture);
      client.connect(nat.path().address());
      assertThat(toServer.get(0)[HANDSHAKE_TYPE]).isEqualTo((byte) CLIENT_HELLO);
      assertThat(toClient.get(0)[HANDSHAKE_TYPE]).isEqualTo((byte) HELLO_VERIFY_REQUEST);
      assertThat(toClient.get(0).length).isLessThan(toServer.get(0).length);
    }
  }

  @Test
  void isOfOneAddressOnly() {
    try (RawSide server = RawSide.server();
        RawSide client = RawSide.client();
        Nat nat = new Nat(server.endpoint.address())) {
      nat.tamper(this::capture);
      client.connect(nat.path().address());
      byte[] withCookie = toServer.get(1);
      assertThat(withCookie[HANDSHAKE_TYPE]).isEqualTo((byte) CLIENT_HELLO);
      toClient.clear();
      nat.path().inject(withCookie); // from another port
      Side.await(() -> !toClient.isEmpty());
      assertThat(toClient).hasSize(1);
      assertThat(toClient.get(0)[HANDSHAKE_TYPE]).isEqualTo((byte) HELLO_VERIFY_REQUEST);
      assertThat(server.protocol.associated).hasSize(1);
      assertThat(server.protocol.ended).isEmpty();
    }
  }
}
