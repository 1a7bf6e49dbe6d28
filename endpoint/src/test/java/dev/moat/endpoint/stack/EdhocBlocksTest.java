package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.endpoint.CertifiedFixture;
import dev.moat.endpoint.EdhocFixture;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of certificates in blocks of 16 octets (RFC 7959), each way and with every method. */
class EdhocBlocksTest {
  private static final int MOST_BLOCK_OCTETS = 16;

  private static StackConfig small() {
    StackConfig defaults = StackConfig.defaults();
    return defaults
        .withServerBlocks(defaults.serverBlocks().withPreferredBlockOctets(MOST_BLOCK_OCTETS))
        .withClientBlocks(defaults.clientBlocks().withPreferredBlockOctets(MOST_BLOCK_OCTETS));
  }

  private static void assertCarried(
      CertifiedFixture people, EdhocRig rig, EdhocClientConfig.Builder config) {
    rig.assertTurned(EdhocRig.put(VirtualWire.SERVER, rig.context(config.build()), "0"));
    assertThat(rig.edhoc.contexts().all()).hasSize(1);
    assertThat(rig.wire.events)
        .filteredOn(HandshakeEvent.Completed.class::isInstance)
        .hasSize(2)
        .allMatch(event -> event.describe().contains("method " + people.method().value()));
    // Two certificates do not fit into 20 blocks.
    assertThat(lastBlock(rig, Options::block1)).isGreaterThan(20);
    assertThat(lastBlock(rig, Options::block2)).isGreaterThan(20);
    assertThat(rig.wire.sent)
        .filteredOn(packet -> !packet.message().options().has(OptionNumber.OSCORE))
        .allMatch(packet -> packet.message().payload().length() <= MOST_BLOCK_OCTETS);
  }

  private static int lastBlock(EdhocRig rig, Function<Options, Optional<BlockOption>> which) {
    List<BlockOption> blocks =
        rig.wire.sent.stream()
            .map(packet -> which.apply(packet.message().options()))
            .flatMap(Optional::stream)
            .toList();
    return blocks.stream().mapToInt(BlockOption::number).max().orElse(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-019")
  void goForward(int method) {
    CertifiedFixture people = new CertifiedFixture(method);
    EdhocRig rig =
        new EdhocRig(EdhocServerConfig.of(people.asResponder(), EdhocFixture.rules()), small());
    assertCarried(
        people,
        rig,
        EdhocClientConfig.forward(people.asInitiator(), EdhocFixture.rules(), people.method()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-019")
  void goAheadWhereMessage3IsTooLongToCombine(int method) {
    CertifiedFixture people = new CertifiedFixture(method);
    EdhocRig rig =
        new EdhocRig(EdhocServerConfig.of(people.asResponder(), EdhocFixture.rules()), small());
    assertCarried(
        people,
        rig,
        EdhocClientConfig.forward(people.asInitiator(), EdhocFixture.rules(), people.method())
            .combined());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-019")
  void goInReverse(int method) {
    CertifiedFixture people = new CertifiedFixture(method);
    EdhocRig rig =
        new EdhocRig(
            EdhocServerConfig.builder(people.asInitiator(), EdhocFixture.rules())
                .reverseOnly(people.method())
                .build(),
            small());
    assertCarried(
        people, rig, EdhocClientConfig.reverse(people.asResponder(), EdhocFixture.rules()));
  }
}
