package dev.moat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.context.SequenceReservations.Reserved;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text file of libcoap's programs. */
class SequenceFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("seq");
  }

  @Test
  void beginsAtZeroAndHoldsTheFirstNumberThatWasNeverReserved() throws Exception {
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThat(numbers.provenance()).isEqualTo(Provenance.FRESH);
      assertThat(file).hasContent("0\n");
      assertThat(numbers.reserve(100)).isEqualTo(new Reserved(0, 100));
      assertThat(file).hasContent("100\n");
      assertThat(numbers.reserve(1)).isEqualTo(new Reserved(100, 101));
      assertThat(file).hasContent("101\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4711\n", "4711", "04711\n"})
  void goesOnFromWhatLibcoapLeft(String content) throws Exception {
    Files.writeString(file, content);
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThat(numbers.provenance()).isEqualTo(Provenance.RESTORED);
      assertThat(numbers.reserve(10)).isEqualTo(new Reserved(4_711, 4_721));
    }
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThat(numbers.reserve(10)).isEqualTo(new Reserved(4_721, 4_731));
    }
  }

  @Test
  void isRestoredAlthoughNoNumberWasUsed() throws Exception {
    SequenceFile.open(file).close();
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThat(numbers.provenance()).isEqualTo(Provenance.RESTORED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        " 1\n",
        "-1\n",
        "+1\n",
        "1.5\n",
        "0x10\n",
        "1 2\n",
        "1e3\n",
        "eleven\n",
        "1099511627777\n",
        "99999999999999999999\n",
        "\u0000\u0000"
      })
  void refusesEverythingButOneNumber(String content) throws IOException {
    Files.writeString(file, content);
    assertRefused(Reason.CORRUPT);
    assertThat(file).hasContent(content);
  }

  @Test
  void endsWithAShorterBlockAndThenRefuses() throws Exception {
    Files.writeString(file, (SequenceReservations.LIMIT - 3) + "\n");
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThat(numbers.reserve(100))
          .isEqualTo(new Reserved(SequenceReservations.LIMIT - 3, SequenceReservations.LIMIT));
      assertRefused(numbers, ReservationException.Reason.EXHAUSTED);
    }
  }

  @Test
  void isOnesAtATime() throws Exception {
    SequenceFile first = SequenceFile.open(file);
    assertRefused(Reason.LOCKED);
    assertThat(first.reserve(1).start()).isZero();
    first.close();
    try (SequenceFile next = SequenceFile.open(file)) {
      first.close();
      assertRefused(Reason.LOCKED);
      assertThat(next.reserve(1).start()).isEqualTo(1);
    }
  }

  @Test
  void endsForGoodWhenAnotherHandChangesIt() throws Exception {
    try (SequenceFile numbers = SequenceFile.open(file)) {
      Files.writeString(file, "50\n");
      assertRefused(numbers, ReservationException.Reason.FENCED);
      Files.writeString(file, "0\n");
      assertRefused(numbers, ReservationException.Reason.FENCED);
    }
  }

  @Test
  void endsWhenItIsDeleted() throws Exception {
    try (SequenceFile numbers = SequenceFile.open(file)) {
      Files.delete(file);
      assertRefused(numbers, ReservationException.Reason.FENCED);
    }
  }

  @Test
  void givesNothingWhenClosed() throws Exception {
    SequenceFile numbers = SequenceFile.open(file);
    numbers.close();
    assertRefused(numbers, ReservationException.Reason.IO);
  }

  @Test
  void keepsTheRightsThatTheFileHad() throws Exception {
    Files.writeString(file, "7\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThat(numbers.reserve(1).start()).isEqualTo(7);
    }
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void leavesOnlyItsLockFileBehind() throws Exception {
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThat(numbers.reserve(1).start()).isZero();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, folder.resolve("seq.lock"));
    }
  }

  @Test
  void followsALinkInsteadOfReplacingIt() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Files.writeString(file, "7\n");
    try (SequenceFile numbers = SequenceFile.open(link)) {
      assertThat(numbers.reserve(1).start()).isEqualTo(7);
      assertRefused(Reason.LOCKED);
    }
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("8\n");
  }

  @Test
  void needsItsDirectory() {
    file = folder.resolve("absent").resolve("seq");
    assertRefused(Reason.IO);
  }

  @Test
  void isNoDirectory() throws IOException {
    Files.createDirectory(file);
    assertRefused(Reason.IO);
  }

  @Test
  void reservesOneAtLeast() throws Exception {
    try (SequenceFile numbers = SequenceFile.open(file)) {
      assertThatThrownBy(() -> numbers.reserve(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void assertRefused(Reason reason) {
    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> SequenceFile.open(file).close());
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
  }

  private static void assertRefused(
      SequenceReservations numbers, ReservationException.Reason reason) {
    ReservationException refusal =
        catchThrowableOfType(ReservationException.class, () -> numbers.reserve(10));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
  }
}
