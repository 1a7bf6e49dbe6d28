package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.problem.ProblemDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Deterministic CBOR and the problem details made of it (RFC 8949, Section 4.2; RFC 9290). */
final class CborFuzzTest {
  /** From RFC 8949, Appendix A, well-formed and deterministic or not, and two problems. */
  static Stream<byte[]> items() {
    Stream<String> examples =
        Stream.of(
            "00 17 1818 1903e8 1a000f4240 1bffffffffffffffff 20 3903e7 3bffffffffffffffff",
            "f4 f5 f6 f7 f0 f8ff f97e00 fb7ff8000000000000 c074323031332d30332d3231 d74401020304",
            "40 4401020304 60 6449455446 62c3bc 80 83010203 8301820203820405 a0 a201020304",
            "a26161016162820203 9f018202039f0405ffff bf61610161629f0203ffff 1800 a203040102",
            "a201020102 818181818181818181818181818181818181 5bffffffffffffffff 9a7fffffff");
    Stream<Bytes> problems =
        Stream.of(
            ProblemDetails.of("too late").withResponseCode(Code.UNAUTHORIZED).encode(),
            ProblemDetails.unprocessed(List.of(Option.uint(OptionNumber.IF_MATCH, 1))).encode());
    return Stream.concat(
            examples.flatMap(line -> Stream.of(line.split(" "))).map(Bytes::hex), problems)
        .map(Bytes::toArray);
  }

  /** An item has one form only, so that writing what was read gives the very octets. */
  @MethodSource("items")
  @FuzzTest
  void readsAndWritesOrRefuses(@NotNull byte[] octets) {
    Bytes source = Bytes.copyOf(octets);
    try {
      CborReader reader = new CborReader(source);
      reader.skip();
      reader.end();
      assertThat(rewritten(source)).isEqualTo(source);
    } catch (CborException refused) {
      assertThat(refused.offset()).isBetween(0, source.length());
    }
  }

  private static Bytes rewritten(Bytes item) throws CborException {
    CborReader reader = new CborReader(item);
    CborWriter writer = new CborWriter();
    CborWriter written =
        switch (reader.kind()) {
          case UNSIGNED, NEGATIVE -> writer.integer(reader.integer());
          case BYTES -> writer.bytes(reader.bytes());
          case TEXT -> writer.text(reader.text());
          case ARRAY -> items(reader, reader.array(), writer);
          case MAP -> entries(reader, reader.map(), writer);
          case TAG -> writer.tag(reader.tag()).encoded(rewritten(reader.item()));
          case BOOL -> writer.bool(reader.bool());
          case NULL -> nothing(reader, writer);
          case SIMPLE -> writer.simple(reader.simple());
          case FLOAT -> throw new AssertionError("a float was not refused");
        };
    reader.end();
    return written.toBytes();
  }

  private static CborWriter nothing(CborReader reader, CborWriter writer) throws CborException {
    reader.nothing();
    return writer.nothing();
  }

  private static CborWriter items(CborReader reader, int count, CborWriter writer)
      throws CborException {
    CborWriter written = writer.array(count);
    for (int i = 0; i < count; i++) {
      written = written.encoded(rewritten(reader.item()));
    }
    return written;
  }

  private static CborWriter entries(CborReader reader, int count, CborWriter writer)
      throws CborException {
    List<Bytes> keysAndValues = new ArrayList<>();
    for (int i = 0; i < 2 * count; i++) {
      keysAndValues.add(rewritten(reader.item()));
    }
    return writer.map(
        map -> {
          for (int i = 0; i < keysAndValues.size(); i += 2) {
            Bytes value = keysAndValues.get(i + 1);
            map.put(keysAndValues.get(i), target -> target.encoded(value));
          }
        });
  }

  @MethodSource("items")
  @FuzzTest
  void readsProblemDetailsOrRefuses(@NotNull byte[] octets) {
    ProblemDetails problem;
    try {
      problem = ProblemDetails.decode(Bytes.copyOf(octets));
    } catch (CborException refused) {
      return;
    }
    try {
      assertThat(ProblemDetails.decode(problem.encode())).isEqualTo(problem);
    } catch (CborException refused) {
      throw new AssertionError("does not read its own writing: " + problem, refused);
    }
  }
}
