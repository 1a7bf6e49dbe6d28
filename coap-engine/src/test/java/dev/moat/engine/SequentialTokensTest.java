package dev.moat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.testkit.Seeded;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SequentialTokensTest {
  private final SequentialTokens tokens = new SequentialTokens(Seeded.random());

  private Bytes next(Peer peer) {
    return tokens.next(Request.to(peer, Code.GET, ""));
  }

  private static Peer associated(long association) {
    return new Peer(0, 0xffff_c000_0201L, 5684, 0, association);
  }

  @Test
  @Tag("AT-27")
  void startAtZeroAndCountForEachAssociation() {
    assertThat(next(associated(1))).isEqualTo(Bytes.of(0));
    assertThat(next(associated(1))).isEqualTo(Bytes.of(1));
    assertThat(next(associated(2))).isEqualTo(Bytes.of(0));
  }

  @Test
  @Tag("AT-27")
  void areNeverReusedAndNeverEmpty() {
    Set<Bytes> seen = new HashSet<>();
    for (int i = 0; i < 70_000; i++) {
      Bytes token = next(associated(1));
      assertThat(token.isEmpty()).isFalse();
      assertThat(seen.add(token)).isTrue();
    }
  }

  @Test
  void haveFourRandomOctetsWithoutSecurity() {
    Bytes first = next(Driver.ALICE);
    Bytes second = next(Driver.ALICE);
    assertThat(first.length()).isEqualTo(5);
    assertThat(first.at(4)).isZero();
    assertThat(second.at(4)).isEqualTo(1);
    assertThat(first.slice(0, 4)).isNotEqualTo(second.slice(0, 4));
  }

  @Test
  void areNotReusedWhenACounterHadToMakeRoom() {
    for (int i = 0; i < 3; i++) {
      next(associated(1));
    }
    for (int peer = 2; peer <= 5_000; peer++) {
      next(associated(peer));
    }
    assertThat(next(associated(1))).isEqualTo(Bytes.of(3));
  }
}
