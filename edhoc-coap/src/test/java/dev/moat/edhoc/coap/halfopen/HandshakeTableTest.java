package dev.moat.edhoc.coap.halfopen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.edhoc.message.ConnectionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HandshakeTableTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TableLimits THREE =
      TableLimits.defaults().withSessions(3).withLifetime(Duration.ofSeconds(10));

  private final List<ConnectionId> freed = new ArrayList<>();
  private final HandshakeTable table = new HandshakeTable(THREE, freed::add);

  /** Octets that stand for a handshake. */
  private static final class Fake implements HalfOpen {
    private final int octets;
    private final boolean concluded;
    private int closed;

    private Fake(int octets, boolean concluded) {
      this.octets = octets;
      this.concluded = concluded;
    }

    @Override
    public int lengthOctets() {
      return octets;
    }

    @Override
    public boolean isConcluded() {
      return concluded;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static ConnectionId id(int octet) {
    return ConnectionId.of(octet);
  }

  private Fake begin(int octet, boolean proven, long nowNanos) {
    Fake handshake = new Fake(10, false);
    assertThat(table.reserve(id(octet), proven, nowNanos)).isTrue();
    assertThat(table.put(id(octet), handshake)).isTrue();
    return handshake;
  }

  private void conclude(int octet) {
    assertThat(table.take(id(octet), 0)).isPresent();
    assertThat(table.put(id(octet), new Fake(10, true))).isTrue();
  }

  @Test
  void givesAHandshakeToOneOfTwoMessages() {
    Fake handshake = begin(1, false, 0);
    assertThat(table.take(id(1), 0)).containsSame(handshake);
    assertThat(table.take(id(1), 0)).isEmpty();
    assertThat(table.has(id(1))).isTrue();
    assertThat(table.put(id(1), handshake)).isTrue();
    assertThat(table.take(id(1), 0)).containsSame(handshake);
    table.release(id(1));
    assertThat(table.has(id(1))).isFalse();
    assertThat(freed).containsExactly(id(1));
    assertThat(table.take(id(1), 0)).isEmpty();
  }

  @Test
  @Tag("LK-097")
  void givesTheOldestUnprovenOneUpFirst() {
    Fake proven = begin(1, true, 0);
    Fake unproven = begin(2, false, 1);
    Fake later = begin(3, false, 2);
    begin(4, false, 3);
    assertThat(unproven.closed).isEqualTo(1);
    assertThat(freed).containsExactly(id(2));
    assertThat(table.size()).isEqualTo(3);
    assertThat(proven.closed + later.closed).isZero();
  }

  @Test
  void givesOneThatHasEndedUpBeforeOneOfAProvenAddress() {
    begin(1, true, 0);
    begin(2, true, 1);
    conclude(2);
    begin(3, true, 2);
    assertThat(table.halfOpen()).isEqualTo(2);
    begin(4, true, 3);
    assertThat(freed).containsExactly(id(2));
  }

  @Test
  @Tag("LK-097")
  void neverGivesOneOfAProvenAddressUpForAnother() {
    begin(1, true, 0);
    begin(2, true, 0);
    begin(3, true, 0);
    assertThat(table.reserve(id(4), false, 1)).isFalse();
    assertThat(freed).containsExactly(id(4));
    assertThat(table.size()).isEqualTo(3);
  }

  @Test
  @Tag("LK-097")
  void givesASlowOneOfAProvenAddressUpForAnotherOne() {
    Fake slow = begin(1, true, 0);
    begin(2, true, SECOND);
    begin(3, true, SECOND);
    long quarter = 10 * SECOND / 4;
    assertThat(table.reserve(id(4), true, quarter)).isFalse();
    assertThat(table.reserve(id(4), false, quarter + 1)).isFalse();
    assertThat(slow.closed).isZero();
    begin(4, true, quarter + 1);
    assertThat(slow.closed).isEqualTo(1);
    assertThat(table.reserve(id(5), true, quarter + 1)).isFalse();
  }

  @Test
  void doesNotGiveUpWhatIsBeingProcessed() {
    begin(1, false, 0);
    begin(2, false, 0);
    begin(3, false, 0);
    for (int octet = 1; octet <= 3; octet++) {
      assertThat(table.take(id(octet), 0)).isPresent();
    }
    assertThat(table.reserve(id(4), true, 1)).isFalse();
    assertThat(table.halfOpen()).isEqualTo(3);
  }

  @Test
  void forgetsWhatTakesTooLong() {
    Fake slow = begin(1, true, 0);
    assertThat(table.find(h -> true, 10 * SECOND)).containsSame(slow);
    assertThat(table.find(h -> true, 10 * SECOND + 1)).isEmpty();
    assertThat(table.take(id(1), 10 * SECOND + 1)).isEmpty();
    assertThat(slow.closed).isEqualTo(1);
    assertThat(freed).containsExactly(id(1));
    Fake second = begin(2, true, 0);
    begin(3, true, 10 * SECOND + 1);
    assertThat(second.closed).isEqualTo(1);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  @Tag("LK-097")
  void boundsTheOctets() {
    HandshakeTable small = new HandshakeTable(THREE.withOctets(100), freed::add);
    Fake first = new Fake(60, false);
    assertThat(small.reserve(id(1), false, 0)).isTrue();
    assertThat(small.put(id(1), first)).isTrue();
    assertThat(small.reserve(id(2), true, 1)).isTrue();
    assertThat(small.put(id(2), new Fake(60, false))).isTrue();
    assertThat(first.closed).isEqualTo(1);
    assertThat(small.lengthOctets()).isEqualTo(60);
    Fake tooLong = new Fake(60, false);
    assertThat(small.reserve(id(3), true, 2)).isTrue();
    assertThat(small.put(id(3), tooLong)).isFalse();
    assertThat(tooLong.closed).isEqualTo(1);
    assertThat(freed).containsExactly(id(1), id(3));
  }

  @Test
  @Tag("LK-097")
  @Tag("LK-098")
  void keepsTheOctetsOfWhatIsBeingProcessed() {
    HandshakeTable small = new HandshakeTable(THREE.withOctets(100), freed::add);
    Fake genuine = new Fake(60, false);
    assertThat(small.reserve(id(1), true, 0)).isTrue();
    assertThat(small.put(id(1), genuine)).isTrue();
    assertThat(small.take(id(1), 1)).containsSame(genuine);
    assertThat(small.lengthOctets()).isEqualTo(60);
    assertThat(small.reserve(id(2), true, 1)).isTrue();
    assertThat(small.put(id(2), new Fake(41, false))).isFalse();
    assertThat(small.put(id(1), genuine)).isTrue();
    assertThat(genuine.closed).isZero();
    assertThat(small.take(id(1), 1)).containsSame(genuine);
    assertThat(small.put(id(1), new Fake(100, true))).isTrue();
    assertThat(small.lengthOctets()).isEqualTo(100);
    assertThat(small.take(id(1), 1)).isPresent();
    assertThat(small.put(id(1), new Fake(101, true))).isFalse();
    assertThat(freed).containsExactly(id(2), id(1));
  }

  @Test
  void erasesWhatCannotBePutBack() {
    Fake handshake = begin(1, true, 0);
    assertThat(table.take(id(1), 0)).isPresent();
    table.close();
    assertThat(table.put(id(1), handshake)).isFalse();
    assertThat(handshake.closed).isEqualTo(1);
    Fake lost = begin(2, true, 0);
    Fake twice = new Fake(1, false);
    assertThat(table.put(id(2), twice)).isFalse();
    assertThat(twice.closed).isEqualTo(1);
    assertThat(lost.closed).isZero();
    table.close();
    assertThat(lost.closed).isEqualTo(1);
  }

  @Test
  void refusesLimitsThatHoldNothing() {
    TableLimits defaults = TableLimits.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withSessions(0));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withOctets(0));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMessageOctets(0));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withLifetime(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withLifetime(Duration.ofSeconds(248)));
  }
}
