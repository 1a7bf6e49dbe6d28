package dev.moat.conformance.crash;

import dev.moat.bytes.RandomSource;
import dev.moat.testkit.InsecureSeededRandom;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Starts {@link KilledPeer} again and again on one store, and kills each with SIGKILL: some at
 * once, while they open the store, most at work. While one lives, the next one starts up.
 */
final class Executioner implements Closeable {
  private static final int KILLED_BY_SIGNAL_9 = 128 + 9;
  private static final long PATIENCE_SECONDS = 10;
  private static final int MOST_NANOS_AT_ONCE = 20_000_000;
  private static final int MOST_NANOS_AT_WORK = 1_000_000;
  private static final int MOST_RECORDS = 400;

  private final Path library;
  private final Path folder;
  private final Weakness weakness;
  private final long seed;
  private final RandomSource random;
  private final Ledger ledger = new Ledger();
  private Process next;
  private int life = 1;

  Executioner(Path folder, Weakness weakness, long seed) throws IOException {
    this.folder = folder;
    this.weakness = weakness;
    this.seed = seed;
    this.random = new InsecureSeededRandom(seed);
    this.library = unpackLibrary(folder);
    this.next = start();
  }

  /** Once, as each process would do it again. */
  private static Path unpackLibrary(Path folder) throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
    try (InputStream in = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
      var unused = Files.copy(Objects.requireNonNull(in, resource), library);
    }
    return library;
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
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx64m",
            "-Dorg.sqlite.lib.path=" + library.getParent(),
            "-Dorg.sqlite.lib.name=" + library.getFileName(),
            "-cp",
            classPath(),
            KilledPeer.class.getName(),
            folder.toString(),
            Integer.toString(life),
            Long.toString(seed),
            weakness.name())
        .redirectError(folder.resolve("errors-" + life).toFile())
        .start();
  }

  /** Only what the process needs: every entry costs time at its start. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry -> entry.matches(".*(test-classes|dev.moat|/target/|sqlite|jspecify|surefire).*"))
        .collect(Collectors.joining(File.pathSeparator));
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
