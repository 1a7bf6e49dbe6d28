package dev.moat.foe.stack;

import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.EngineConfig;
import dev.moat.engine.TransmissionParameters;
import dev.moat.foe.scenario.Scenario;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Configurations of stacks under test. Times are small so that giving up takes less than a second;
 * what is not named here is as Moat comes. Only the remedies that are off are switched off.
 */
final class LabConfig {
  /** How long after the first its last retransmission may come, on a machine with much to do. */
  static final Duration RETRANSMISSION_SPAN = Duration.ofMillis(720);

  private static final long MILLI = 1_000_000L;
  private static final long ACK_TIMEOUT_NANOS = 80 * MILLI;
  private static final int MAX_RETRANSMIT = 2;
  private static final int NSTART = 16;
  private static final int PROBING_RATE = 1_000_000;
  private static final long SEPARATE_AFTER_NANOS = 15 * MILLI;
  private static final long DOUBT_GRACE_NANOS = 150 * MILLI;
  private static final long RESPONSE_TIMEOUT_NANOS = 500 * MILLI;

  private LabConfig() {}

  static StackConfig of(Set<Remedy> remedies, boolean secured, Scenario.Cast cast) {
    StackConfig config =
        StackConfig.defaults()
            .withEngine(engine(remedies))
            .withEchoFreshness(remedies.contains(Remedy.ECHO))
            .withRequestTag(remedies.contains(Remedy.REQUEST_TAG))
            .withConfirmableActuators(remedies.contains(Remedy.CON))
            // Without security every stack of this lab has to let actuators act without it.
            .withUnsecuredActuators(!secured);
    if (cast.freshness().isPresent()) {
      config = config.withFreshnessWindow(cast.freshness().get());
    }
    OptionalInt blockOctets = cast.blockOctets();
    return blockOctets.isEmpty()
        ? config
        : config.withClientBlocks(
            config.clientBlocks().withPreferredBlockOctets(blockOctets.getAsInt()));
  }

  private static EngineConfig engine(Set<Remedy> remedies) {
    EngineConfig engine =
        EngineConfig.defaults()
            .withTransmission(transmission())
            .withSeparateAckDelayNanos(SEPARATE_AFTER_NANOS)
            .withResponseTimeoutNanos(RESPONSE_TIMEOUT_NANOS)
            .withDoubtGraceNanos(DOUBT_GRACE_NANOS);
    if (!remedies.contains(Remedy.TOKENS)) {
      engine = engine.withTokens(random -> new InsecureScriptedTokens());
    }
    return remedies.contains(Remedy.ECHO)
        ? engine
        : engine.withAmplification(AmplificationPolicy.off());
  }

  private static TransmissionParameters transmission() {
    return TransmissionParameters.defaults()
        .withAckTimeoutNanos(ACK_TIMEOUT_NANOS)
        .withMaxRetransmit(MAX_RETRANSMIT)
        .withNstart(NSTART)
        .withProbingRate(PROBING_RATE);
  }
}
