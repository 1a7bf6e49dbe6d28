package dev.moat.coap.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborException.Reason;
import dev.moat.cbor.CborWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.option.Option;
import dev.moat.coap.service.Response;
import dev.moat.testkit.Seeded;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemDetailsTest {
  private final ProblemDetails full =
      ProblemDetails.of("title of the error")
          .withDetail("detailed information about the error")
          .withInstance("coaps://pd.example/FA317434")
          .withResponseCode(Code.BAD_REQUEST)
          .withBaseUri("coap://h/")
          .withUnprocessedOptions(List.of(7, 25))
          .withEntry(
              new ProblemDetails.Entry(
                  new CborWriter().integer(4711).toBytes(),
                  new CborWriter().map(map -> map.put(0, v -> v.text("cause"))).toBytes()));

  @Test
  void encodesTheEntriesUnderTheirRegisteredKeys() {
    Bytes encoded =
        ProblemDetails.of("t")
            .withDetail("d")
            .withInstance("i")
            .withResponseCode(Code.NOT_FOUND)
            .withBaseUri("b")
            .withUnprocessedOptions(List.of(7))
            .encode();
    assertThat(encoded)
        .hasToString("a6" + "206174" + "216164" + "226169" + "231884" + "246162" + "2707");
  }

  @Test
  void decodesWhatItEncodes() throws Exception {
    assertThat(ProblemDetails.decode(full.encode())).isEqualTo(full);
    ProblemDetails one = ProblemDetails.of("é").withUnprocessedOptions(List.of(9));
    assertThat(ProblemDetails.decode(one.encode())).isEqualTo(one);
  }

  @Test
  void keepsWhatItDoesNotUnderstand() throws Exception {
    // base-lang (-6), a key far out (-1000) and a custom entry with a URI as key.
    String item = "a4" + "2562656e" + "3903e7f5" + "206174" + "63613a62a10001";
    Bytes sorted = Bytes.hex("a4" + "206174" + "2562656e" + "3903e7f5" + "63613a62a10001");
    assertThat(refusal(item).reason()).isEqualTo(Reason.UNORDERED_KEYS);
    ProblemDetails details = ProblemDetails.decode(sorted);
    assertThat(details.otherEntries()).hasSize(3);
    assertThat(details.encode()).isEqualTo(sorted);
  }

  @Test
  void readsTextWithALanguageTag() throws Exception {
    assertThat(ProblemDetails.decode(Bytes.hex("a120d8268262656e6174")).title()).contains("t");
    assertThat(ProblemDetails.decode(Bytes.hex("a120d8268362656e6174f5")).title()).contains("t");
  }

  @Test
  void refusesWhatIsSomethingElse() {
    assertUnexpected("a0");
    assertUnexpected("80");
    assertUnexpected("a12000");
    assertUnexpected("a120d8278262656e6174");
    assertUnexpected("a120d8268162656e");
    assertUnexpected("a120d8268462656e6174f5f5");
    assertUnexpected("a12320");
    assertUnexpected("a123190100");
    assertUnexpected("a1271a00010000");
    assertUnexpected("a100f5");
    assertUnexpected("a1f5a0");
    assertThat(refusal("a12061").reason()).isEqualTo(Reason.TRUNCATED);
    assertThat(refusal("a120617400").reason()).isEqualTo(Reason.TRAILING_OCTETS);
    assertThat(refusal("a12078ff" + "00".repeat(5000)).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void survivesDamage() {
    Bytes encoded = full.encode();
    Seeded.check(
        1000,
        arbitrary -> {
          Bytes damaged = arbitrary.damaged(encoded);
          try {
            ProblemDetails details = ProblemDetails.decode(damaged);
            assertThat(ProblemDetails.decode(details.encode())).isEqualTo(details);
          } catch (CborException refusal) {
            assertThat(refusal.reason()).isNotNull();
          }
        });
  }

  @Test
  void travelsInAResponseOfTheSameCode() throws Exception {
    Response response = full.toResponse(Code.CONFLICT);
    assertThat(response.code()).isEqualTo(Code.CONFLICT);
    assertThat(response.options().contentFormat()).hasValue(ContentFormat.PROBLEM_DETAILS);
    assertThat(ProblemDetails.from(response)).contains(full.withResponseCode(Code.CONFLICT));
    assertThat(ProblemDetails.from(Response.of(Code.CONFLICT))).isEmpty();
    assertThat(ProblemDetails.from(Response.text(Code.CONFLICT, "x"))).isEmpty();
  }

  @Test
  void namesUnprocessedOptions() {
    ProblemDetails details =
        ProblemDetails.unprocessed(
            List.of(Option.uint(25, 0), Option.uint(25, 1), Option.uint(7, 0)));
    assertThat(details.unprocessedOptions()).containsExactly(25, 7);
    assertThat(details.title()).isPresent();
  }

  @Test
  void refusesToBeEmpty() {
    ProblemDetails none =
        new ProblemDetails(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    assertThatIllegalStateException().isThrownBy(none::encode);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProblemDetails.Entry(Bytes.empty(), Bytes.of(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProblemDetails.Entry(Bytes.of(0), Bytes.empty()));
  }

  private static void assertUnexpected(String hex) {
    assertThat(refusal(hex).reason()).as(hex).isEqualTo(Reason.UNEXPECTED_ITEM);
  }

  private static CborException refusal(String hex) {
    return catchThrowableOfType(CborException.class, () -> ProblemDetails.decode(Bytes.hex(hex)));
  }
}
