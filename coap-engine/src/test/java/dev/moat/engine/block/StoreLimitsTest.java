package dev.moat.engine.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.testkit.Seeded;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLimitsTest {
  private static final StoreLimits LIMITS =
      StoreLimits.defaults()
          .withEntries(5, 3)
          .withOctets(100, 60)
          .withLifetime(Duration.ofNanos(9));

  private static BlockKey key(int peer, int tag) {
    Request request = Request.to(Peer.of(Bytes.of(10, 0, 0, peer), 1), Code.PUT, "/x");
    return BlockKey.of(request.with(Option.uint(OptionNumber.REQUEST_TAG, tag)));
  }

  /** The only key of one port of one address. */
  private static BlockKey port(int port) {
    return BlockKey.of(Request.to(Peer.of(Bytes.of(10, 0, 0, 9), port), Code.PUT, "/x"));
  }

  private static PeerStore.Entry<String> entry(int octets, long nowNanos) {
    return new PeerStore.Entry<>("v", octets, false, nowNanos);
  }

  private static PeerStore.Entry<String> proven(long nowNanos) {
    return new PeerStore.Entry<>("v", 1, true, nowNanos);
  }

  @Test
  void holdUnderAnySequenceOfUses() {
    Seeded.check(
        200,
        any -> {
          PeerStore<String> store = new PeerStore<>(LIMITS, any.chance(50));
          long now = any.anyLong();
          for (int step = 0; step < 200; step++) {
            now += any.between(0, 3);
            BlockKey key = key(any.between(1, 4), any.between(0, 5));
            switch (any.between(0, 3)) {
              case 0 -> {
                boolean proven = any.chance(50);
                var unused =
                    store.put(key, new PeerStore.Entry<>("v", any.between(0, 70), proven, now));
              }
              case 1 -> {
                var unused = store.grow(key, any.between(0, 70));
              }
              case 2 -> {
                var unused = store.use(key, now);
              }
              default -> store.remove(key);
            }
            assertThat(store.size()).isLessThanOrEqualTo(5);
            assertThat(store.octets()).isBetween(0L, 100L);
            assertThat(store.keysOf(key.peer(), now)).hasSizeLessThanOrEqualTo(3);
          }
          assertThat(store.use(key(1, 0), now + 9)).isEmpty();
          assertThat(store.size()).isZero();
          assertThat(store.octets()).isZero();
        });
  }

  @Test
  void countAnAddressAndNotItsPorts() {
    PeerStore<String> store = new PeerStore<>(LIMITS, false);
    for (int port = 1; port <= 5; port++) {
      assertThat(store.put(port(port), proven(0))).isTrue();
    }
    assertThat(store.size()).isEqualTo(3);
    assertThat(store.use(port(2), 0)).isEmpty();
    assertThat(store.use(port(3), 0)).isPresent();
    assertThat(store.grow(port(5), 59)).isTrue();
    assertThat(store.size()).as("60 octets of one address are the limit").isEqualTo(1);
  }

  @Test
  void takeFromTheSamePortFirst() {
    PeerStore<String> store = new PeerStore<>(LIMITS, false);
    assertThat(store.put(port(1), proven(0))).isTrue();
    BlockKey second = BlockKey.of(Request.to(port(2).peer(), Code.POST, "/x"));
    assertThat(store.put(port(2), proven(0))).isTrue();
    assertThat(store.put(second, proven(0))).isTrue();
    BlockKey third = BlockKey.of(Request.to(port(2).peer(), Code.PATCH, "/x"));
    assertThat(store.put(third, proven(0))).isTrue();
    assertThat(store.use(port(1), 0)).isPresent();
    assertThat(store.use(port(2), 0)).isEmpty();
  }

  @Test
  void letNoUnprovenPortOfAnAddressDisplaceProvenOnes() {
    PeerStore<String> store = new PeerStore<>(LIMITS, true);
    for (int port = 1; port <= 3; port++) {
      assertThat(store.put(port(port), proven(0))).isTrue();
    }
    assertThat(store.put(port(4), entry(1, 0))).isFalse();
    assertThat(store.size()).isEqualTo(3);
    store.remove(port(1));
    assertThat(store.put(port(4), entry(1, 0))).isTrue();
    assertThat(store.put(port(5), entry(1, 0))).isTrue();
    assertThat(store.use(port(4), 0)).isEmpty();
    assertThat(store.use(port(2), 0)).isPresent();
  }

  @Test
  void forgetNothingThatIsInUse() {
    PeerStore<String> store = new PeerStore<>(LIMITS, false);
    assertThat(store.put(key(1, 1), entry(10, 0))).isTrue();
    assertThat(store.use(key(1, 1), 8)).contains("v");
    assertThat(store.use(key(1, 1), 16)).contains("v");
    assertThat(store.use(key(1, 1), 25)).isEmpty();
  }

  @Test
  void refuseWhatFitsNowhere() {
    PeerStore<String> store = new PeerStore<>(LIMITS, true);
    assertThat(store.put(key(1, 1), entry(61, 0))).isFalse();
    assertThat(store.grow(key(1, 1), 1)).isFalse();
  }

  @Test
  void arePositive() {
    StoreLimits some = StoreLimits.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> some.withEntries(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> some.withEntries(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> some.withOctets(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> some.withOctets(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> some.withLifetime(Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({"16, 0", "64, 2", "1024, 6"})
  void blockSizesHaveExponents(int octets, int exponent) {
    assertThat(BlockSizes.exponentOf(octets)).isEqualTo(exponent);
    assertThat(BlockSizes.octetsOf(exponent)).isEqualTo(octets);
    assertThat(BlockSizes.largestWithin(octets + 1)).isEqualTo(exponent);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 17, 100, 2048})
  void otherBlockSizesAreRefused(int octets) {
    assertThatIllegalArgumentException().isThrownBy(() -> BlockSizes.exponentOf(octets));
  }

  @Test
  void configurationsCheckTheirRanges() {
    ServerBlockwiseConfig some = ServerBlockwiseConfig.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> some.withMaxBodyOctets(0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ServerBlockwiseConfig(7, 1, LIMITS, LIMITS, Concurrency.CONCURRENT, false));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ServerBlockwiseConfig(-1, 1, LIMITS, LIMITS, Concurrency.CONCURRENT, false));
  }
}
