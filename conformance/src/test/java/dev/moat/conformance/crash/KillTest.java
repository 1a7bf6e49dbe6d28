package dev.moat.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed with SIGKILL at any point, on a real store. */
class KillTest {
  private static final int LANES = 2;
  private static final int KILLS_PER_LANE = 100;
  private static final int MOST_KILLS_OF_A_CONTROL = 20;
  private static final long SEED = Long.getLong("moat.seed", 1);

  private static Launcher launcher;

  @TempDir Path folder;

  @BeforeAll
  static void prepare(@TempDir Path shared) throws Exception {
    launcher = Launcher.in(shared);
  }

  @Test
  void after200KillsNoNonceCameTwiceAndNothingOldWasAccepted() throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<Ledger>> ledgers = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        Path own = Files.createDirectory(folder.resolve("lane-" + lane));
        long seed = SEED + 1_000L * lane;
        ledgers.add(lanes.submit(() -> kill(own, Weakness.NONE, KILLS_PER_LANE, seed)));
      }
      for (Future<Ledger> ledger : ledgers) {
        assertFlawless(ledger.get());
      }
    } finally {
      var unused = lanes.shutdownNow();
    }
  }

  private static void assertFlawless(Ledger ledger) {
    assertThat(ledger.faults()).as("seed " + SEED).isEmpty();
    assertThat(ledger.seals()).isGreaterThan(20 * KILLS_PER_LANE);
    assertThat(ledger.acceptances()).isGreaterThan(4 * KILLS_PER_LANE);
    assertThat(ledger.refusals()).isGreaterThan(15 * KILLS_PER_LANE);
  }

  @Test
  void findsTheNonceThatComesTwiceWithoutReservation() throws Exception {
    assertThat(kill(folder, Weakness.NO_RESERVATION, MOST_KILLS_OF_A_CONTROL, SEED).faults())
        .anyMatch(fault -> fault.startsWith(Ledger.Fault.NONCE_TWICE.name()));
  }

  @Test
  void findsTheReplayThatIsAcceptedWithoutResynchronisation() throws Exception {
    assertThat(kill(folder, Weakness.NO_RESYNCHRONISATION, MOST_KILLS_OF_A_CONTROL, SEED).faults())
        .anyMatch(fault -> fault.startsWith(Ledger.Fault.REPLAY_ACCEPTED.name()));
  }

  /** Kills until something is wrong, or that often. */
  private static Ledger kill(Path folder, Weakness weakness, int times, long seed)
      throws Exception {
    try (Executioner executioner = new Executioner(launcher, folder, weakness, seed)) {
      for (int i = 0; i < times && executioner.ledger().faults().isEmpty(); i++) {
        executioner.kill();
      }
      return executioner.ledger();
    }
  }
}
