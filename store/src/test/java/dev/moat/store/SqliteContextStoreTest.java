package dev.moat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import dev.moat.oscore.context.SequenceReservations.Reserved;
import dev.moat.oscore.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that works, and what it answers while something is wrong. */
class SqliteContextStoreTest {
  @TempDir Path folder;
  private Path file;
  private SqliteContextStore store;

  @BeforeEach
  void openStore() throws StoreException {
    file = folder.resolve("moat.db");
    store = SqliteContextStore.open(file);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Nested
  class SequenceNumbers {
    @Test
    void beginAtZeroAndFollowEachOther() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      assertThat(numbers.reserve(100)).isEqualTo(new Reserved(0, 100));
      assertThat(numbers.reserve(1)).isEqualTo(new Reserved(100, 101));
    }

    @Test
    void goOnBehindWhatWasReservedWhenTheStoreIsOpenedAgain() throws Exception {
      Reserved used = open(1, 2).reservations().reserve(100);
      reopen();
      assertThat(open(1, 2).reservations().reserve(100).start()).isEqualTo(used.end());
    }

    @Test
    void areSharedByAllWhoOpenTheContext() throws Exception {
      SequenceReservations one = open(1, 2).reservations();
      SequenceReservations other = open(1, 2).reservations();
      assertThat(one.reserve(10)).isEqualTo(new Reserved(0, 10));
      assertThat(other.reserve(10)).isEqualTo(new Reserved(10, 20));
      assertThat(one.reserve(10)).isEqualTo(new Reserved(20, 30));
    }

    @Test
    void areSeparateForEachSenderKey() throws Exception {
      assertThat(open(1, 2).reservations().reserve(10)).isEqualTo(new Reserved(0, 10));
      assertThat(open(2, 1).reservations().reserve(10)).isEqualTo(new Reserved(0, 10));
    }

    /** Their Sender Key and Common IV are the same (RFC 8613, Section 3.3). */
    @Test
    void areSharedByContextsThatDifferInTheRecipientOnly() throws Exception {
      Reserved used = open(1, 2).reservations().reserve(10);
      assertThat(open(1, 3).reservations().reserve(10).start()).isEqualTo(used.end());
    }

    @Test
    void endWithAShorterBlockAndThenRefuse() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      long end = 0;
      while (end < SequenceReservations.LIMIT - Integer.MAX_VALUE) {
        end = numbers.reserve(Integer.MAX_VALUE).end();
      }
      assertThat(numbers.reserve(Integer.MAX_VALUE).end()).isEqualTo(SequenceReservations.LIMIT);
      assertRefused(numbers, ReservationException.Reason.EXHAUSTED);
      reopen();
      assertRefused(open(1, 2).reservations(), ReservationException.Reason.EXHAUSTED);
    }

    @Test
    void areReservedOneAtLeast() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      assertThatThrownBy(() -> numbers.reserve(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void feedTheContextItself() throws Exception {
      try (ContextParameters parameters = Keys.parameters(1, 2);
          SecurityContext context = store.context(parameters, Keys.CRYPTO)) {
        assertThat(context.senderSequence().next()).isZero();
        assertThat(context.replay().isTrusted()).isTrue();
      }
      reopen();
      try (ContextParameters parameters = Keys.parameters(1, 2);
          SecurityContext context = store.context(parameters, Keys.CRYPTO)) {
        assertThat(context.senderSequence().next()).isEqualTo(100);
        assertThat(context.replay().isTrusted()).isFalse();
      }
    }
  }

  /** Two windows would take one request twice, and answer it twice under its one nonce. */
  @Nested
  class AContextInUse {
    @Test
    void isNotGivenASecondTime() throws Exception {
      try (ContextParameters parameters = Keys.parameters(1, 2);
          SecurityContext context = store.context(parameters, Keys.CRYPTO)) {
        assertThatThrownBy(() -> store.context(parameters, Keys.CRYPTO))
            .isInstanceOfSatisfying(
                StoreException.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(StoreException.Reason.LOCKED));
        assertThat(context.senderSequence().next()).isZero();
      }
    }

    @Test
    void comesBackUntrustedOnceItIsClosed() throws Exception {
      try (ContextParameters parameters = Keys.parameters(1, 2)) {
        store.context(parameters, Keys.CRYPTO).close();
        try (SecurityContext again = store.context(parameters, Keys.CRYPTO)) {
          assertThat(again.replay().isTrusted()).isFalse();
        }
      }
    }

    @Test
    void keepsNoOtherContextOut() throws Exception {
      try (ContextParameters parameters = Keys.parameters(1, 2);
          ContextParameters other = Keys.parameters(1, 3);
          SecurityContext context = store.context(parameters, Keys.CRYPTO);
          SecurityContext second = store.context(other, Keys.CRYPTO)) {
        assertThat(context.senderSequence().next()).isZero();
        assertThat(second.senderSequence().next()).isEqualTo(100);
      }
    }
  }

  @Nested
  class ProvenanceOfAContext {
    @Test
    void isFreshWhenThisCallBeganItsRecord() throws Exception {
      assertThat(open(1, 2).provenance()).isEqualTo(Provenance.FRESH);
    }

    @Test
    void isRestoredTheSecondTime() throws Exception {
      var unused = open(1, 2);
      assertThat(open(1, 2).provenance()).isEqualTo(Provenance.RESTORED);
    }

    /** A crash between open and the first message looks like this. */
    @Test
    void isRestoredInTheNextProcessAlthoughNoNumberWasUsed() throws Exception {
      var unused = open(1, 2);
      reopen();
      assertThat(open(1, 2).provenance()).isEqualTo(Provenance.RESTORED);
    }

    /** Old messages of that peer do not say whom they were for. */
    @Test
    void isRestoredWhenTheRecipientKeyWasUsedWithAnotherSenderId() throws Exception {
      var unused = open(1, 2);
      assertThat(open(3, 2).provenance()).isEqualTo(Provenance.RESTORED);
    }

    @Test
    void isFreshForThePeersViewInTheSameStore() throws Exception {
      var unused = open(1, 2);
      assertThat(open(2, 1).provenance()).isEqualTo(Provenance.FRESH);
    }

    @Test
    void staysRestoredWhenItsNameIsRemoved() throws Exception {
      Reserved used = open(1, 2).reservations().reserve(10);
      store.save("lock", Keys.parameters(1, 2));
      store.remove("lock");
      assertThat(open(1, 2).provenance()).isEqualTo(Provenance.RESTORED);
      assertThat(open(1, 2).reservations().reserve(10).start()).isEqualTo(used.end());
    }
  }

  @Nested
  class SavedParameters {
    @Test
    void comeBackWhole() throws Exception {
      ContextParameters saved =
          Keys.builder(1, 2)
              .idContext(Bytes.empty())
              .aead(AeadAlgorithm.CHACHA20_POLY1305)
              .hkdf(HashAlgorithm.SHA_512)
              .replayWindow(1)
              .keyUsageLimits(new KeyUsageLimits(5, 6, 6))
              .build();
      store.save("lock", saved);
      reopen();
      ContextParameters loaded = store.load("lock").orElseThrow();
      assertThat(loaded).usingRecursiveComparison().isEqualTo(saved);
      assertThat(loaded.masterSecret()).isEqualTo(saved.masterSecret());
    }

    @Test
    void keepAnAbsentIdContextAbsent() throws Exception {
      store.save("lock", Keys.parameters(1, 2));
      assertThat(store.load("lock").orElseThrow().idContext()).isEmpty();
    }

    @Test
    void areListedInOrderAndReplacedByName() throws Exception {
      store.save("window", Keys.parameters(1, 2));
      store.save("lock", Keys.parameters(1, 2));
      store.save("lock", Keys.parameters(1, 3));
      assertThat(store.names()).containsExactly("lock", "window");
      assertThat(store.load("lock").orElseThrow().recipientId()).isEqualTo(Bytes.of(3));
      assertThat(store.load("door")).isEmpty();
    }

    @Test
    void areOverwrittenWhenRemoved() throws Exception {
      store.save("lock", Keys.parameters(1, 2));
      store.close();
      assertThat(content()).contains(Keys.SECRET);
      store = SqliteContextStore.open(file);
      store.remove("lock");
      assertThat(store.names()).isEmpty();
      store.close();
      assertThat(content()).doesNotContain(Keys.SECRET);
    }

    @Test
    void needAName() throws Exception {
      ContextParameters parameters = Keys.parameters(1, 2);
      assertThatThrownBy(() -> store.save(" ", parameters))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.save("x".repeat(256), parameters))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areRefusedWhenTheyBreakTheirRules() throws Exception {
      store.save("lock", Keys.parameters(1, 2));
      execute("UPDATE parameters SET recipient_id = sender_id");
      StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.load("lock"));
      assertThat(refusal.reason()).isEqualTo(StoreException.Reason.CORRUPT);
      assertThat(refusal).hasMessageNotContaining(Keys.SECRET);
    }

    private String content() throws Exception {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
  }

  @Nested
  class WhileSomethingIsWrong {
    @Test
    void aFailedReservationLosesItsNumbersAndTheNextOneGoesOnBehindThem() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      var first = numbers.reserve(10);
      execute("PRAGMA query_only=ON");
      assertRefused(numbers, ReservationException.Reason.READ_ONLY);
      execute("PRAGMA query_only=OFF");
      assertThat(numbers.reserve(10).start()).isGreaterThanOrEqualTo(first.end() + 10);
    }

    @Test
    void aFullMediumRefusesUntilThereIsRoomAgain() throws Exception {
      execute("PRAGMA max_page_count=1");
      StoreException refusal =
          catchThrowableOfType(
              StoreException.class,
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  store.save("name " + i, Keys.parameters(1, 2));
                }
              });
      assertThat(refusal.reason()).isEqualTo(StoreException.Reason.FULL);
      execute("PRAGMA max_page_count=1000000");
      store.save("another", Keys.parameters(1, 2));
    }

    @Test
    void aDeletedFileEndsReservationsForGood() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      assertRefused(numbers, ReservationException.Reason.FENCED);
      Files.write(file, content);
      assertRefused(numbers, ReservationException.Reason.FENCED);
    }

    @Test
    void aReplacedFileEndsReservations() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      Path copy = Files.copy(file, folder.resolve("copy"));
      Files.move(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertRefused(numbers, ReservationException.Reason.FENCED);
    }

    /** The file may be replaced in the midst of a reservation that then reaches nobody. */
    @Test
    void whatWasWrittenToAFileThatIsGoneIsNotGivenOut() throws Exception {
      StoreException refusal =
          catchThrowableOfType(
              StoreException.class,
              () ->
                  store
                      .database()
                      .call(
                          connection -> {
                            delete(file);
                            return 1;
                          }));
      assertThat(refusal.reason()).isEqualTo(StoreException.Reason.FENCED);
    }

    @Test
    void aCounterThatDoesNotFitItsChecksumIsRefused() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      execute("UPDATE sender_sequence SET next = 5");
      assertRefused(numbers, ReservationException.Reason.CORRUPT);
    }

    @Test
    void aCounterThatIsGoneIsRefused() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      execute("DELETE FROM sender_sequence");
      assertRefused(numbers, ReservationException.Reason.CORRUPT);
    }

    @Test
    void aClosedStoreGivesNothing() throws Exception {
      SequenceReservations numbers = open(1, 2).reservations();
      store.close();
      store.close();
      assertRefused(numbers, ReservationException.Reason.IO);
      assertThatThrownBy(() -> store.names()).isInstanceOf(StoreException.class);
    }

    private void delete(Path path) {
      assertThat(path.toFile().delete()).isTrue();
    }
  }

  private dev.moat.oscore.store.StoredContext open(int sender, int recipient)
      throws StoreException {
    return store.open(Keys.parameters(sender, recipient), Keys.CRYPTO);
  }

  private void reopen() throws StoreException {
    store.close();
    store = SqliteContextStore.open(file);
  }

  private void execute(String sql) throws StoreException {
    store.database().run(connection -> execute(connection, sql));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  private static void assertRefused(
      SequenceReservations numbers, ReservationException.Reason reason) {
    ReservationException refusal =
        catchThrowableOfType(ReservationException.class, () -> numbers.reserve(10));
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessageNotContaining(Keys.SECRET);
  }
}
