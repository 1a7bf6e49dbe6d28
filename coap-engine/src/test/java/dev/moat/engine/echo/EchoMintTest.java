package dev.moat.engine.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.testkit.Seeded;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EchoMintTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Peer ALICE = Peer.of(Bytes.of(192, 0, 2, 1), 5683);

  private final EchoMint mint = new EchoMint(Seeded.random(), 100 * SECOND);
  private final long start = Long.MAX_VALUE - 20 * SECOND;

  private EchoVerdict verify(Bytes value, EchoPurpose wanted, Peer peer, long nowNanos) {
    return mint.verify(value, wanted, peer, nowNanos, 10 * SECOND);
  }

  private EchoVerdict fresh(Bytes value, long nowNanos) {
    return verify(value, EchoPurpose.FRESHNESS, ALICE, nowNanos);
  }

  private Bytes minted() {
    return mint.mint(EchoPurpose.FRESHNESS, ALICE, start);
  }

  @Test
  void holdsExactlyForTheWindow() {
    Bytes value = minted();
    assertThat(value.length()).isEqualTo(EchoMint.VALUE_OCTETS).isLessThanOrEqualTo(20);
    assertThat(fresh(value, start)).isEqualTo(EchoVerdict.VALID);
    assertThat(fresh(value, start + 10 * SECOND)).isEqualTo(EchoVerdict.VALID);
    assertThat(fresh(value, start + 10 * SECOND + 1)).isEqualTo(EchoVerdict.EXPIRED);
    assertThat(fresh(value, start + 90 * SECOND)).isEqualTo(EchoVerdict.EXPIRED);
  }

  /**
   * The milliseconds come round after 35 years; the key, which nothing rotated, is too old then.
   */
  @Test
  void isNotValidAgainWhenItsTimeComesRound() {
    Bytes value = minted();
    long roundNanos = (1L << 40) * 1_000_000;
    assertThat(fresh(value, start + roundNanos)).isEqualTo(EchoVerdict.UNKNOWN_KEY);
    assertThat(fresh(value, start + 4 * roundNanos)).isEqualTo(EchoVerdict.UNKNOWN_KEY);
  }

  @Test
  void isBoundToEveryPartOfThePeer() {
    Bytes value = minted();
    for (Peer other :
        new Peer[] {
          new Peer(1, ALICE.low(), 5683, 0, 0),
          new Peer(0, ALICE.low() + 1, 5683, 0, 0),
          new Peer(0, ALICE.low(), 5684, 0, 0),
          new Peer(0, ALICE.low(), 5683, 1, 0),
          new Peer(0, ALICE.low(), 5683, 0, 1)
        }) {
      assertThat(verify(value, EchoPurpose.FRESHNESS, other, start)).isEqualTo(EchoVerdict.FORGED);
    }
  }

  @Test
  void oneForReachabilityNeverProvesFreshness() {
    Bytes value = mint.mint(EchoPurpose.REACHABILITY, ALICE, start);
    assertThat(fresh(value, start)).isEqualTo(EchoVerdict.OTHER_PURPOSE);
    assertThat(verify(value, EchoPurpose.REACHABILITY, ALICE, start)).isEqualTo(EchoVerdict.VALID);
    assertThat(verify(minted(), EchoPurpose.REACHABILITY, ALICE, start))
        .isEqualTo(EchoVerdict.VALID);
  }

  @Test
  void noChangedBitPasses() {
    Bytes value = minted();
    for (int bit = 0; bit < 8 * value.length(); bit++) {
      byte[] changed = value.toArray();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(fresh(Bytes.owned(changed), start))
          .isIn(EchoVerdict.FORGED, EchoVerdict.UNKNOWN_KEY);
    }
  }

  @Test
  void otherLengthsAreMalformed() {
    assertThat(fresh(Bytes.empty(), start)).isEqualTo(EchoVerdict.MALFORMED);
    assertThat(fresh(minted().plus(Bytes.of(0)), start)).isEqualTo(EchoVerdict.MALFORMED);
  }

  @Test
  void aClockThatWentBackIsNoticed() {
    assertThat(fresh(minted(), start - SECOND)).isEqualTo(EchoVerdict.FUTURE);
  }

  @Test
  void thePreviousKeyStillVerifiesAndTheOneBeforeDoesNot() {
    minted();
    Bytes old = mint.mint(EchoPurpose.FRESHNESS, ALICE, start + 99 * SECOND);
    Bytes renewed = mint.mint(EchoPurpose.FRESHNESS, ALICE, start + 100 * SECOND);
    assertThat(old.at(0)).isNotEqualTo(renewed.at(0));
    assertThat(fresh(old, start + 105 * SECOND)).isEqualTo(EchoVerdict.VALID);
    assertThat(fresh(renewed, start + 105 * SECOND)).isEqualTo(EchoVerdict.VALID);
    mint.mint(EchoPurpose.FRESHNESS, ALICE, start + 200 * SECOND);
    assertThat(fresh(old, start + 200 * SECOND)).isEqualTo(EchoVerdict.UNKNOWN_KEY);
    assertThat(fresh(renewed, start + 200 * SECOND)).isEqualTo(EchoVerdict.EXPIRED);
  }

  @Test
  void nothingIsKnownBeforeTheFirstValue() {
    assertThat(fresh(Bytes.owned(new byte[EchoMint.VALUE_OCTETS]), start))
        .isEqualTo(EchoVerdict.UNKNOWN_KEY);
  }

  @Test
  void refusesImpossibleTimes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> mint.verify(Bytes.empty(), EchoPurpose.FRESHNESS, ALICE, start, 101 * SECOND));
    assertThatIllegalArgumentException().isThrownBy(() -> new EchoMint(Seeded.random(), 0));
  }

  @Test
  void everyVerdictIsReached() {
    Set<EchoVerdict> reached = EnumSet.noneOf(EchoVerdict.class);
    Bytes value = minted();
    reached.add(fresh(value, start));
    reached.add(fresh(value, start + 11 * SECOND));
    reached.add(fresh(value, start - SECOND));
    reached.add(fresh(mint.mint(EchoPurpose.REACHABILITY, ALICE, start), start));
    reached.add(verify(value, EchoPurpose.FRESHNESS, new Peer(0, 0, 0, 0, 0), start));
    reached.add(fresh(Bytes.of(value.at(0) ^ 1).plus(value.slice(1, 14)), start));
    reached.add(fresh(Bytes.empty(), start));
    assertThat(reached).containsExactlyInAnyOrder(EchoVerdict.values());
  }
}
