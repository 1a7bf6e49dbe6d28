package dev.moat.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.RandomSource;
import dev.moat.oscore.store.SecurityContextStore;
import dev.moat.oscore.store.StoreException;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Crashes of the memory only, very many of them, within one process. */
class CrashTest {
  private static final int SEEDS = 10;
  private static final int SEEDS_OF_CONTROLS = 3;
  private static final int OPERATIONS = 10_000;
  private static final int OPERATIONS_PER_LIFE = 100;

  @Test
  @Tag("LK-012")
  void noNonceComesTwiceAndNothingOldIsAcceptedInEitherRole() {
    Seeded.check(
        SEEDS,
        arbitrary -> {
          Ledger ledger = run(Weakness.NONE, arbitrary.random());
          assertThat(ledger.faults()).isEmpty();
          assertThat(ledger.seals()).isGreaterThan(OPERATIONS / 2);
          assertThat(ledger.acceptances()).isGreaterThan(OPERATIONS / 4);
          assertThat(ledger.refusals()).isGreaterThan(OPERATIONS / 8);
        });
  }

  @Test
  void findsTheNonceThatComesTwiceWithoutReservation() {
    Seeded.check(
        SEEDS_OF_CONTROLS,
        arbitrary ->
            assertThat(run(Weakness.NO_RESERVATION, arbitrary.random()).faults())
                .anyMatch(fault -> fault.startsWith(Ledger.Fault.NONCE_TWICE.name())));
  }

  @Test
  void findsTheReplayThatIsAcceptedWithoutResynchronisation() {
    Seeded.check(
        SEEDS_OF_CONTROLS,
        arbitrary ->
            assertThat(run(Weakness.NO_RESYNCHRONISATION, arbitrary.random()).faults())
                .anyMatch(fault -> fault.startsWith(Ledger.Fault.REPLAY_ACCEPTED.name())));
  }

  private static Ledger run(Weakness weakness, RandomSource random) throws StoreException {
    Ledger ledger = new Ledger();
    Birth birth = new Birth(BareReceiver::new, weakness, ledger, random);
    List<Captured> captured = new ArrayList<>();
    int done = 0;
    try (SecurityContextStore store = new FaultyStore(random)) {
      for (int life = 1; done < OPERATIONS; life++) {
        ledger.begin(life);
        Workload workload = new Workload(life, birth.sides(store), ledger, captured, random);
        done += live(workload, 1 + random.below(2 * OPERATIONS_PER_LIFE));
      }
    }
    return ledger;
  }

  private static int live(Workload workload, int operations) {
    for (int done = 0; done < operations; done++) {
      try {
        workload.step();
      } catch (FaultyStore.Crash crash) {
        return done;
      }
    }
    return operations;
  }
}
