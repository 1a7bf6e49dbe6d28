package dev.moat.conformance.crash;

import dev.moat.bytes.RandomSource;
import dev.moat.testkit.InsecureSeededRandom;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts {@link KilledPeer} again and again on one store, and kills each with SIGKILL: some at
 * once, while they open the store, most at work. While one lives, the next one starts up.
 */
final class Executioner implements Closeable {
  private static final int KILLED_BY_SIGNAL_9 = 128 + 9;
  private static final long PATIENCE_SECONDS = 10;
  private static final int MOST_NANOS_AT_ONCE = 20_000_000;
  private static final int MOST_NANOS_AT_WORK = 1_000_000;
  private static final int MOST_RECORDS = 250;

  private final Launcher launcher;
  private final Path folder;
  private final Weakness weakness;
  private final long seed;
  private final RandomSource random;
  private final Ledger ledger = new Ledger();
  private Process next;
  private int life = 1;

  Executioner(Launcher launcher, Path folder, Weakness weakness, long seed) throws IOException {
    this.launcher = launcher;
    this.folder = folder;
    this.weakness = weakness;
    this.seed = seed;
    this.random = new InsecureSeededRandom(seed);
    this.next = start();
  }

  /** One life and its end; the ledger knows all about it then. */
  void kill() throws IOException, InterruptedException {
    Process victim = next;
    int victimsLife = life;
    demandReady(victim);
    life++;
    next = start();
    victim.getOutputStream().write('g');
    victim.getOutputStream().flush();
    awaitTheMoment(victimsLife);
    victim.destroyForcibly();
    if (victim.waitFor() != KILLED_BY_SIGNAL_9) {
      throw new AssertionError("it ended by itself: " + errors(victimsLife));
    }
    ledger.begin(victimsLife);
    if (Files.exists(Diary.events(folder, victimsLife))) {
      Diary.replay(folder, victimsLife, ledger);
    }
  }

  private void demandReady(Process process) throws IOException {
    if (process.getInputStream().read() != 'r') {
      throw new AssertionError("it did not start: " + errors(life));
    }
  }

  private void awaitTheMoment(int victimsLife) {
    if (random.below(5) == 0) {
      LockSupport.parkNanos(random.below(MOST_NANOS_AT_ONCE));
      return;
    }
    // By what it has done instead of by time, which means little on a busy machine.
    long octets = (1 + random.below(MOST_RECORDS)) * (long) Diary.RECORD_OCTETS;
    File events = Diary.events(folder, victimsLife).toFile();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (events.length() < octets && System.nanoTime() < deadline) {
      LockSupport.parkNanos(200_000);
    }
    LockSupport.parkNanos(random.below(MOST_NANOS_AT_WORK));
  }

  private Process start() throws IOException {
    return launcher.start(folder, life, seed, weakness);
  }

  private List<String> errors(int ofLife) throws IOException {
    return Files.readAllLines(folder.resolve("errors-" + ofLife));
  }

  /** What all lives so far have done. */
  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    // Waits, as it may still be writing to a folder that is about to be deleted.
    var unused = next.destroyForcibly().onExit().join();
  }
}
