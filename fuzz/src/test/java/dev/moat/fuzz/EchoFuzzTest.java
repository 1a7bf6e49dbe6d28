package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.echo.EchoVerdict;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Echo values that an attacker makes up, or makes of genuine ones (RFC 9175, Section 2). */
final class EchoFuzzTest {
  private static final long MADE_NANOS = 50_000_000_000L;
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final Peer PEER = new Peer(0, 0xffff_7f00_0001L, 5_683, 0, 0);

  static Stream<byte[]> values() {
    return Stream.of(genuine(new EchoMint(new InsecureSeededRandom(1))), Bytes.empty())
        .map(Bytes::toArray);
  }

  static Stream<Long> moments() {
    return Stream.of(0L, WINDOW_NANOS, WINDOW_NANOS + 1, Long.MAX_VALUE / 2, -1L);
  }

  private static Bytes genuine(EchoMint mint) {
    return mint.mint(EchoPurpose.FRESHNESS, PEER, MADE_NANOS);
  }

  @MethodSource("values")
  @FuzzTest
  void takesNoValueButItsOwn(@NotNull byte[] value) {
    EchoMint mint = new EchoMint(new InsecureSeededRandom(1));
    Bytes own = genuine(mint);
    Bytes given = Bytes.copyOf(value);
    EchoVerdict verdict = mint.verify(given, EchoPurpose.FRESHNESS, PEER, MADE_NANOS, WINDOW_NANOS);
    assertThat(verdict == EchoVerdict.VALID).isEqualTo(given.equals(own));
  }

  @MethodSource("moments")
  @FuzzTest
  void isNeverValidOutsideOfItsWindow(long ageNanos) {
    EchoMint mint = new EchoMint(new InsecureSeededRandom(1));
    Bytes own = genuine(mint);
    EchoVerdict verdict =
        mint.verify(own, EchoPurpose.FRESHNESS, PEER, MADE_NANOS + ageNanos, WINDOW_NANOS);
    if (ageNanos > WINDOW_NANOS || ageNanos < -1_000_000) { // the value counts milliseconds
      assertThat(verdict).isNotEqualTo(EchoVerdict.VALID);
    }
    if (ageNanos >= 0 && ageNanos < WINDOW_NANOS - 2_000_000) {
      assertThat(verdict).isEqualTo(EchoVerdict.VALID);
    }
  }
}
