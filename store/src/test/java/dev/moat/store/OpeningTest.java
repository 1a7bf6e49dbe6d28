package dev.moat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a store opens, and which it refuses rather than begin anew. */
class OpeningTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("moat.db");
  }

  @Nested
  class ANewFile {
    @Test
    void belongsToItsOwnerAlone() throws Exception {
      try (SqliteContextStore store = SqliteContextStore.open(file)) {
        store.save("lock", Keys.parameters(1, 2));
        try (Stream<Path> files = Files.list(folder)) {
          assertThat(files)
              .isNotEmpty()
              .allSatisfy(
                  path ->
                      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                          .isEqualTo("rw-------"));
        }
      }
    }

    @Test
    void leavesNoDraftBehind() throws Exception {
      SqliteContextStore.open(file).close();
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(path -> path.getFileName().toString()))
            .isSubsetOf("moat.db", "moat.db-journal");
      }
    }

    @Test
    void needsItsDirectory() {
      assertRefused(folder.resolve("absent").resolve("moat.db"), Reason.IO, "no directory");
    }

    @Test
    void isNoDirectory() {
      assertRefused(folder, Reason.IO, "is not a file");
    }

    @Test
    void mayNotHaveAQuestionMarkInItsName() {
      assertThatThrownBy(() -> SqliteContextStore.open(folder.resolve("a?cache=shared")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class AnotherOwner {
    @Test
    void isToldAtOnceWithinTheProcess() throws Exception {
      try (SqliteContextStore store = SqliteContextStore.open(file)) {
        long before = System.nanoTime();
        assertRefused(file, Reason.LOCKED, "one process at a time");
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(store.open(Keys.parameters(1, 2), Keys.CRYPTO).reservations().reserve(1).start())
            .isZero();
      }
    }

    @Test
    void isToldInAnotherProcess() throws Exception {
      try (SqliteContextStore store = SqliteContextStore.open(file)) {
        assertRefused(file, Reason.LOCKED, "one process at a time");
        assertThat(fork(List.of(), file)).isEqualTo("LOCKED");
        assertThat(store.names()).isEmpty();
      }
      assertThat(fork(List.of(), file)).isEqualTo("opened");
    }
  }

  @Nested
  class AFileThatCannotBeTrusted {
    @Test
    void isOneWithOtherContent() throws IOException {
      write(
          "this is no database, and it is long enough to be one\n"
              .repeat(100)
              .getBytes(StandardCharsets.US_ASCII));
      assertRefused(file, Reason.CORRUPT, "damaged");
    }

    @Test
    void isAnEmptyOne() throws IOException {
      write(new byte[0]);
      assertRefused(file, Reason.CORRUPT, "empty");
    }

    @Test
    void isATruncatedOne() throws Exception {
      byte[] whole = used();
      for (int length : new int[] {1, 50, 100, 512, 4_096, 4_097, whole.length - 1}) {
        write(Arrays.copyOf(whole, length));
        StoreException refusal =
            catchThrowableOfType(StoreException.class, () -> SqliteContextStore.open(file).close());
        // Cut within the header, it does not say whose it is.
        assertThat(refusal.reason())
            .as("cut to " + length)
            .isIn(length < 100 ? Set.of(Reason.CORRUPT, Reason.FOREIGN) : Set.of(Reason.CORRUPT));
      }
    }

    @Test
    void isADatabaseOfAnotherProgram() throws Exception {
      change("PRAGMA application_id=1");
      assertRefused(file, Reason.FOREIGN, "another program");
    }

    @Test
    void isOneOfALaterFormat() throws Exception {
      change("PRAGMA user_version=2");
      assertRefused(file, Reason.FOREIGN, "format 2");
    }

    /** Whatever bit is wrong: either nothing is given, or what never was. */
    @Test
    void neverMakesANumberComeTwice() throws Exception {
      byte[] whole = used();
      Random random = new Random(8613);
      int refused = 0;
      for (int i = 0; i < 300; i++) {
        byte[] damaged = whole.clone();
        int bit = random.nextInt(whole.length * 8);
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        write(damaged);
        refused += isRefusedOrGoesOnFrom(1_000) ? 1 : 0;
      }
      assertThat(refused).isPositive();
    }

    private boolean isRefusedOrGoesOnFrom(long start) {
      try (SqliteContextStore store = SqliteContextStore.open(file)) {
        assertThat(store.open(Keys.parameters(1, 2), Keys.CRYPTO).reservations().reserve(1).start())
            .isGreaterThanOrEqualTo(start);
        return false;
      } catch (StoreException | ReservationException e) {
        return true;
      }
    }

    private byte[] used() throws Exception {
      try (SqliteContextStore store = SqliteContextStore.open(file)) {
        var unused = store.open(Keys.parameters(1, 2), Keys.CRYPTO).reservations().reserve(1_000);
      }
      return Files.readAllBytes(file);
    }

    private void change(String sql) throws Exception {
      SqliteContextStore.open(file).close();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        boolean unused = statement.execute(sql);
      }
    }

    private void write(byte[] content) throws IOException {
      if (!Files.exists(file)) {
        Files.createFile(file, FileOwnership.ownerOnly(file));
      }
      Files.write(file, content);
    }
  }

  @Nested
  class Rights {
    @Test
    void mayNotReachBeyondTheOwner() throws Exception {
      SqliteContextStore.open(file).close();
      for (String rights : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx-----x")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        assertRefused(file, Reason.EXPOSED, "chmod 600 '" + file.toRealPath() + "'");
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      SqliteContextStore.open(file).close();
    }

    @Test
    void mustAllowWritingTheFile() throws Exception {
      SqliteContextStore.open(file).close();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
      assumeNotWritable(file);
      assertRefused(file, Reason.READ_ONLY, "cannot be written");
    }

    @Test
    void mustAllowWritingTheDirectory() throws Exception {
      SqliteContextStore.open(file).close();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
      try {
        assumeNotWritable(folder);
        assertRefused(file, Reason.READ_ONLY, "cannot be written");
        assertRefused(folder.resolve("other.db"), Reason.READ_ONLY, "cannot be written");
      } finally {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  /** Skips the test and prints why, where rights do not keep this user from writing. */
  private static void assumeNotWritable(Path path) {
    boolean writable = Files.isWritable(path);
    if (writable) {
      System.out.println("skipped: the superuser may write everything, read-only or not");
    }
    assumeFalse(writable, "the superuser may write everything");
  }

  @Nested
  class TheNativeLibrary {
    @Test
    void isNamedWhenItCannotBeUnpacked() throws Exception {
      assertThat(fork(List.of("-Dorg.sqlite.tmpdir=" + folder.resolve("absent")), file))
          .contains("IO")
          .contains("-Dorg.sqlite.tmpdir=DIRECTORY");
    }
  }

  private static void assertRefused(Path file, Reason reason, String text) {
    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> SqliteContextStore.open(file).close());
    assertThat(refusal).as("opening " + file).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining(text);
  }

  /** What another process says about opening the file, and nothing else: it must be quiet. */
  private static String fork(List<String> options, Path file) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), OpenStore.class.getName(), "" + file));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    // Newer machines warn of native libraries; that is not what the program said.
    return output
        .lines()
        .filter(line -> !line.startsWith("WARNING: "))
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
