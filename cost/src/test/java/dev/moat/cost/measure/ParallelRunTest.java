package dev.moat.cost.measure;

import static dev.moat.cost.exchange.CredentialForm.KID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.Layer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that run interleaved cost what one costs. */
@Timeout(60)
class ParallelRunTest {
  private static final EdhocShape SHAPE =
      new EdhocShape(3, KID, KID, 2, PathForm.SHORT, Flow.COMBINED, Begins.DEVICE);

  /** Connection identifiers of one octet on the wire (RFC 9528, Section 3.3.2). */
  private static final int SHORT_IDS = 48;

  private final EdhocBench bench = new EdhocBench();

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  @Tag("LK-103")
  void costsAsManyOctetsAsOne(int handshakes) {
    ParallelRun run = bench.parallel(SHAPE, handshakes);
    assertThat(run.exchanges()).hasSize(handshakes);
    assertThat(run.lengths(Layer.MESSAGE)).isEqualTo(Map.of(List.of(37, 45, 19, 0), handshakes));
    assertThat(run.lengths(Layer.DATAGRAM)).isEqualTo(Map.of(List.of(49, 50, 42, 19), handshakes));
    assertThat(run.wallNanos()).isPositive();
    assertThat(run.mostUnderWay()).isBetween(1, handshakes);
  }

  /** The 49th identifier of one server takes an octet more, and so does message_2. */
  @Test
  @Tag("LK-103")
  void costsAnOctetMoreWhereShortIdentifiersHaveRunOut() {
    ParallelRun run = bench.parallel(SHAPE, 100);
    assertThat(run.lengths(Layer.MESSAGE))
        .isEqualTo(
            Map.of(List.of(37, 45, 19, 0), SHORT_IDS, List.of(37, 46, 19, 0), 100 - SHORT_IDS));
    assertThat(run.mostUnderWay()).isGreaterThan(1);
  }

  @Test
  void isBounded() {
    assertThatThrownBy(() -> bench.parallel(SHAPE, 0)).hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> bench.parallel(SHAPE, 201)).hasMessageContaining("1 to 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SEQUENTIAL", "COMBINED"})
  @Tag("LK-129")
  void costsTheSameAfterADeviceHasLostItsMemory(Flow flow) {
    RebootRun run =
        bench.reboot(new EdhocShape(3, KID, KID, 2, PathForm.SHORT, flow, Begins.DEVICE));
    assertThat(run.costsTheSame()).isTrue();
    // Other keys, so another message_1: it is no replay of the first run.
    assertThat(run.again().messages().get(0).datagram())
        .isNotEqualTo(run.first().messages().get(0).datagram());
  }

  @Test
  void restartsNoServer() {
    EdhocShape serving =
        new EdhocShape(3, KID, KID, 2, PathForm.SHORT, Flow.COMBINED, Begins.NETWORK);
    assertThatThrownBy(() -> bench.reboot(serving)).hasMessageContaining("CoAP client");
  }

  @Test
  @Tag("LK-129")
  void tellsWhenTheSecondRunCostMore() {
    RebootRun other =
        new RebootRun(
            bench.run(SHAPE),
            bench.run(
                new EdhocShape(3, KID, KID, 3, PathForm.SHORT, Flow.COMBINED, Begins.DEVICE)));
    assertThat(other.costsTheSame()).isFalse();
  }
}
