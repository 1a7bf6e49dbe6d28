package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.option.OptionNumber;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.GreaseUse;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.EdhocFixture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every combination of what a profile may leave out (RFC 9528, Section 3.9): message_4, external
 * authorization data, GREASE, Echo before anything costly, block-wise transfer, the combined
 * request and the reverse flow.
 */
class EdhocOptionalTest {
  private enum Way {
    FORWARD,
    COMBINED,
    REVERSE
  }

  private record Choice(
      boolean message4, boolean data, boolean grease, boolean echo, boolean small) {
    static Stream<Choice> all() {
      return Stream.iterate(0, bits -> bits < 32, bits -> bits + 1)
          .map(
              bits ->
                  new Choice(
                      (bits & 1) != 0,
                      (bits & 2) != 0,
                      (bits & 4) != 0,
                      (bits & 8) != 0,
                      (bits & 16) != 0));
    }

    EdhocSettings of(EdhocSettings.Builder settings) {
      if (message4) {
        settings.message4();
      }
      if (data) {
        settings.padding(100);
      }
      if (grease) {
        settings.grease(GreaseUse.ALWAYS);
      }
      return settings.build();
    }

    StackConfig stacks() {
      StackConfig defaults = StackConfig.defaults();
      return small
          ? defaults
              .withServerBlocks(defaults.serverBlocks().withPreferredBlockOctets(16))
              .withClientBlocks(defaults.clientBlocks().withPreferredBlockOctets(16))
          : defaults;
    }

    GuardPolicy guard() {
      GuardPolicy defaults = GuardPolicy.defaults();
      return echo ? defaults.withProof(GuardPolicy.Proof.ALWAYS) : defaults;
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("LK-095")
  void completesInEveryCombination(Way way) {
    Choice.all().forEach(choice -> assertCompletes(way, choice));
  }

  private static void assertCompletes(Way way, Choice choice) {
    EdhocServerConfig.Builder server =
        EdhocServerConfig.builder(choice.of(EdhocFixture.server()), EdhocFixture.rules())
            .guard(choice.guard());
    EdhocRig rig =
        new EdhocRig(
            (way == Way.REVERSE ? server.reverseOnly(Method.DH_DH) : server).build(),
            choice.stacks());
    rig.assertTurned(
        EdhocRig.put(VirtualWire.SERVER, rig.context(client(way, choice).build()), choice + ""));
    assertThat(rig.edhoc.contexts().all()).as("%s", choice).hasSize(1);
    assertThat(rig.wire.events)
        .as("%s", choice)
        .filteredOn(HandshakeEvent.Completed.class::isInstance)
        .hasSize(2);
    assertThat(has(rig, OptionNumber.BLOCK1)).as("%s", choice).isEqualTo(choice.small);
    // RFC 9668, Section 5: message_4 and the combined request exclude each other.
    assertThat(has(rig, OptionNumber.EDHOC))
        .as("%s", choice)
        .isEqualTo(way == Way.COMBINED && !choice.message4);
  }

  private static boolean has(EdhocRig rig, int option) {
    return rig.wire.sent.stream().anyMatch(packet -> packet.message().options().has(option));
  }

  private static EdhocClientConfig.Builder client(Way way, Choice choice) {
    EdhocSettings settings = choice.of(EdhocFixture.client());
    if (way == Way.REVERSE) {
      return EdhocClientConfig.reverse(settings, EdhocFixture.rules());
    }
    EdhocClientConfig.Builder forward =
        EdhocClientConfig.forward(settings, EdhocFixture.rules(), Method.DH_DH);
    return way == Way.COMBINED ? forward.combined() : forward;
  }
}
