package dev.moat.edhoc.coap.halfopen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConnectionIdChoiceTest {
  private final InsecureSeededRandom random = new InsecureSeededRandom(5);
  private final Set<Bytes> taken = new HashSet<>();

  private ConnectionId next() {
    ConnectionId id = ConnectionIdChoice.free(taken::contains, random).orElseThrow();
    assertThat(taken.add(id.bytes())).isTrue();
    return id;
  }

  @Test
  @Tag("LK-006")
  void choosesTheShortestOnTheWireAndNoneTwice() {
    for (int i = 0; i < 48; i++) {
      assertThat(next().encoded().length()).isEqualTo(1);
    }
    for (int i = 48; i < 256; i++) {
      ConnectionId id = next();
      assertThat(id.bytes().length()).isEqualTo(1);
      assertThat(id.encoded().length()).isEqualTo(2);
    }
    for (int i = 256; i < 400; i++) {
      assertThat(next().bytes().length()).isEqualTo(2);
    }
  }

  @Test
  void takesThreeOctetsWhenShorterOnesAreScarce() {
    ConnectionId id = ConnectionIdChoice.free(used -> used.length() < 3, random).orElseThrow();
    assertThat(id.bytes().length()).isEqualTo(3);
  }

  @Test
  void findsNoneWhenAllAreTaken() {
    assertThat(ConnectionIdChoice.free(used -> true, random)).isEmpty();
  }
}
