package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Message4;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.message.Plaintext2a;
import dev.moat.edhoc.message.Plaintext3;
import dev.moat.edhoc.message.Plaintext3a;
import dev.moat.edhoc.suite.CipherSuites;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * EDHOC messages, and plaintexts that an attacker with an ephemeral key of his own can choose (RFC
 * 9528, Section 5): each is refused, or has the one form that was read.
 */
final class EdhocMessageFuzzTest {
  static Stream<byte[]> messages() {
    return Seeds.edhocMessages();
  }

  static Stream<byte[]> plaintexts() {
    return Seeds.edhocPlaintexts();
  }

  static Stream<byte[]> fields() {
    return Seeds.edhocFields();
  }

  @MethodSource("messages")
  @FuzzTest
  void readsMessagesBackOrRefuses(@NotNull byte[] octets) {
    sameOrRefused(octets, source -> Message1.decode(source).encoded());
    for (int suite : new int[] {0, 24, 25}) {
      sameOrRefused(
          octets,
          source -> Message2.decode(source, CipherSuites.standard().require(suite)).encoded());
    }
    sameOrRefused(octets, source -> Message3.decode(source).encoded());
    sameOrRefused(octets, source -> Message4.decode(source).encoded());
  }

  @MethodSource("plaintexts")
  @FuzzTest
  void readsPlaintextsBackOrRefuses(@NotNull byte[] octets) {
    for (int length : new int[] {8, 16, 64, 114}) {
      sameOrRefused(octets, source -> Plaintext2.decode(source, length).encoded());
      sameOrRefused(octets, source -> Plaintext3.decode(source, length).encoded());
    }
    sameOrRefused(octets, source -> Plaintext2a.decode(source).encoded());
    sameOrRefused(octets, source -> Plaintext3a.decode(source).encoded());
  }

  @MethodSource("fields")
  @FuzzTest
  void readsEadItemsBackOrRefuses(@NotNull byte[] octets) {
    sameOrRefused(octets, source -> EadItems.decode(source).encoded());
  }

  @MethodSource("fields")
  @FuzzTest
  void readsErrorsBackOrRefuses(@NotNull byte[] octets) {
    sameOrRefused(octets, source -> EdhocError.decode(source).encoded());
  }

  @MethodSource("fields")
  @FuzzTest
  void readsIdentifiersBackOrRefuses(@NotNull byte[] octets) {
    sameOrRefused(
        octets,
        source -> {
          ConnectionId.Prefixed read = ConnectionId.prefixOf(source);
          return read.id().encoded().plus(read.rest());
        });
  }

  private static void sameOrRefused(byte[] octets, Codec codec) {
    Bytes source = Bytes.copyOf(octets);
    try {
      assertThat(codec.readAndWrite(source)).isEqualTo(source);
    } catch (EdhocException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  /** Reads octets and writes what was read. */
  private interface Codec {
    Bytes readAndWrite(Bytes source) throws EdhocException;
  }
}
