package dev.moat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TransmissionParameters TIMES = TransmissionParameters.defaults();

  @Test
  void derivedTimesAreThoseOfRfc7252() {
    assertThat(TIMES.maxTransmitSpanNanos()).isEqualTo(45 * SECOND);
    assertThat(TIMES.maxTransmitWaitNanos()).isEqualTo(93 * SECOND);
    assertThat(TIMES.exchangeLifetimeNanos()).isEqualTo(247 * SECOND);
    assertThat(TIMES.nonLifetimeNanos()).isEqualTo(145 * SECOND);
    assertThat(TIMES.processingDelayNanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void everyParameterCanBeChanged() {
    TransmissionParameters changed =
        TIMES
            .withAckTimeoutNanos(1)
            .withAckRandomFactor(1)
            .withMaxRetransmit(0)
            .withNstart(9)
            .withProbingRate(7)
            .withDefaultLeisureNanos(3)
            .withMaxLatencyNanos(0);
    assertThat(changed).isEqualTo(new TransmissionParameters(1, 1, 0, 9, 7, 3, 0));
    EngineLimits limits =
        EngineLimits.defaults()
            .withDedup(1, 2)
            .withDedupPerPeer(3, 4)
            .withOpen(5, 6, 7)
            .withObservations(8, 9)
            .withPeers(10);
    assertThat(limits).isEqualTo(new EngineLimits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    TokenSource.Factory tokens = SequentialTokens::new;
    EngineConfig config =
        EngineConfig.defaults()
            .withTransmission(changed)
            .withLimits(limits)
            .withTokens(tokens)
            .withSeparateAckDelayNanos(11)
            .withResponseTimeoutNanos(12)
            .withDoubtGraceNanos(13)
            .withAmplification(AmplificationPolicy.off())
            .withObserve(new ObservePolicy(1, 2, 3))
            .withOptions(OptionRegistry.standard());
    assertThat(config)
        .isEqualTo(
            new EngineConfig(
                changed,
                limits,
                tokens,
                11,
                12,
                13,
                AmplificationPolicy.off(),
                new ObservePolicy(1, 2, 3),
                OptionRegistry.standard()));
  }

  @Test
  void optionsThatNoStageActsOnAreUnknown() {
    OptionRegistry options = EngineConfig.defaults().options();
    assertThat(options.find(OptionNumber.OSCORE)).isEmpty();
    assertThat(options.find(OptionNumber.EDHOC)).isEmpty();
    assertThat(options.find(OptionNumber.Q_BLOCK1)).isEmpty();
    assertThat(options.find(OptionNumber.Q_BLOCK2)).isEmpty();
    assertThat(options.find(OptionNumber.BLOCK1)).isPresent();
    EngineConfig oscore = EngineConfig.defaults().withOscore();
    assertThat(oscore.options().find(OptionNumber.OSCORE)).isPresent();
    assertThat(oscore.withOscore()).isSameAs(oscore);
    EngineConfig edhoc = EngineConfig.defaults().withEdhoc();
    assertThat(edhoc.options().find(OptionNumber.EDHOC)).isPresent();
    assertThat(edhoc.withEdhoc()).isSameAs(edhoc);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    refuses(() -> TIMES.withAckTimeoutNanos(0));
    refuses(() -> TIMES.withAckRandomFactor(0.9));
    refuses(() -> TIMES.withMaxRetransmit(-1));
    refuses(() -> TIMES.withMaxRetransmit(21));
    refuses(() -> TIMES.withNstart(0));
    refuses(() -> TIMES.withProbingRate(0));
    refuses(() -> TIMES.withDefaultLeisureNanos(-1));
    refuses(() -> TIMES.withMaxLatencyNanos(-1));
    refuses(() -> EngineLimits.defaults().withDedup(0, 1));
    refuses(() -> EngineLimits.defaults().withDedup(1, 0));
    refuses(() -> EngineLimits.defaults().withDedupPerPeer(0, 1));
    refuses(() -> EngineLimits.defaults().withDedupPerPeer(1, 0));
    refuses(() -> EngineLimits.defaults().withOpen(0, 1, 1));
    refuses(() -> EngineLimits.defaults().withOpen(1, 0, 1));
    refuses(() -> EngineLimits.defaults().withOpen(1, 1, 0));
    refuses(() -> EngineLimits.defaults().withObservations(0, 1));
    refuses(() -> EngineLimits.defaults().withObservations(1, 0));
    refuses(() -> EngineLimits.defaults().withPeers(0));
    refuses(() -> EngineConfig.defaults().withSeparateAckDelayNanos(-1));
    refuses(() -> EngineConfig.defaults().withResponseTimeoutNanos(0));
    refuses(() -> new AmplificationPolicy(true, 0, 0, 1, 1, 1));
    refuses(() -> new AmplificationPolicy(true, 1, -1, 1, 1, 1));
    refuses(() -> new AmplificationPolicy(true, 1, 0, 0, 1, 1));
    refuses(() -> new AmplificationPolicy(true, 1, 0, 1, 0, 1));
    refuses(() -> new AmplificationPolicy(true, 1, 0, 1, 1, 0));
    refuses(() -> new ObservePolicy(-1, 1, 0));
    refuses(() -> new ObservePolicy(0, 0, 0));
    refuses(() -> new ObservePolicy(0, ObservePolicy.DAY_NANOS + 1, 0));
    refuses(() -> new ObservePolicy(0, 1, -1));
  }

  private static void refuses(Supplier<?> construction) {
    assertThatIllegalArgumentException().isThrownBy(construction::get);
  }
}
