package dev.moat.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Peer;
import dev.moat.conformance.crash.WholeEndpoint.Place;
import dev.moat.conformance.crash.WholeEndpoint.Tally;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two whole endpoints, both client and server, on a wire that loses, doubles and reorders: requests
 * are retransmitted, answered late and observed, and memories are lost.
 */
class LossyWireTest {
  private static final int SEEDS = 30;
  private static final int SEEDS_OF_CONTROLS = 3;
  private static final int OPERATIONS = 250;
  private static final Place PLACE =
      new Place(Peer.of(Bytes.of(192, 0, 2, 1), 5683), Peer.of(Bytes.of(192, 0, 2, 2), 5683));

  private final Tally tally = new Tally();
  private int seals;

  @Test
  @Tag("LK-012")
  void noNonceComesTwiceUnderOneKey() {
    Seeded.check(
        SEEDS,
        arbitrary -> {
          SequenceReservations one = InsecureVolatileReservations.start(0);
          SequenceReservations two = InsecureVolatileReservations.start(0);
          // They outlive the contexts, as a store does.
          assertThat(repeated(arbitrary, () -> one, () -> two)).isEmpty();
        });
    assertThat(seals).isGreaterThan(SEEDS * OPERATIONS);
    assertThat(tally.responses()).isGreaterThan(SEEDS * 20);
    assertThat(tally.notifications()).isGreaterThan(SEEDS * 2);
    assertThat(tally.late()).isGreaterThan(SEEDS * 2);
    assertThat(tally.resynchronised()).isGreaterThan(SEEDS);
    assertThat(tally.replays()).isPositive();
  }

  /** The recorder sees it when the numbers begin anew with every life. */
  @Test
  void findsTheNonceThatComesTwiceWithoutReservations() {
    Seeded.check(
        SEEDS_OF_CONTROLS,
        arbitrary ->
            assertThat(
                    repeated(
                        arbitrary,
                        () -> InsecureVolatileReservations.start(0),
                        () -> InsecureVolatileReservations.start(0)))
                .isNotEmpty());
  }

  /** What was sealed twice in one run. */
  private List<Seal> repeated(
      Arbitrary arbitrary, Supplier<SequenceReservations> one, Supplier<SequenceReservations> two) {
    Set<Seal> seen = new HashSet<>();
    List<Seal> repeated = new ArrayList<>();
    NonceRecorder crypto =
        new NonceRecorder(
            JdkCrypto.create(),
            seal -> {
              if (!seen.add(seal)) {
                repeated.add(seal);
              }
            });
    ContextParameters parameters =
        ContextParameters.builder(
                SecretBytes.copyOf(new byte[] {1, 2, 3, 4}), Bytes.of(1), Bytes.of(2))
            .build();
    List<WholeEndpoint> endpoints =
        List.of(
            new WholeEndpoint(PLACE, parameters, crypto, one, tally, random(arbitrary)),
            new WholeEndpoint(
                PLACE.reversed(), parameters.reversed(), crypto, two, tally, random(arbitrary)));
    LossyWire wire = new LossyWire(arbitrary);
    endpoints.forEach(endpoint -> wire.attach(endpoint.address(), endpoint.stack()));
    for (int number = 0; number < OPERATIONS; number++) {
      step(arbitrary, wire, arbitrary.pick(endpoints), number);
      wire.pass(Duration.ofMillis(arbitrary.between(0, 8_000)));
    }
    wire.pass(Duration.ofMinutes(5));
    seals += seen.size();
    return repeated;
  }

  private static void step(
      Arbitrary arbitrary, LossyWire wire, WholeEndpoint endpoint, int number) {
    switch (arbitrary.between(0, 15)) {
      case 0 -> {
        endpoint.restart(random(arbitrary));
        wire.attach(endpoint.address(), endpoint.stack());
      }
      case 1, 2 -> endpoint.observe(wire.nowNanos());
      case 3, 4 -> endpoint.get("/late", wire.nowNanos());
      case 5, 6 -> endpoint.answerLate();
      case 7, 8, 9 -> endpoint.change(number);
      case 10, 11, 12 -> endpoint.put("open", wire.nowNanos());
      default -> endpoint.get("/lock", wire.nowNanos());
    }
  }

  private static InsecureSeededRandom random(Arbitrary arbitrary) {
    return new InsecureSeededRandom(arbitrary.random().positiveLong());
  }
}
