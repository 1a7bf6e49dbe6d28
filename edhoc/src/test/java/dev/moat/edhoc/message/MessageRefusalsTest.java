package dev.moat.edhoc.message;

import static dev.moat.edhoc.message.Refused.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.testkit.Vectors;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What no message may look like (RFC 9528, Sections 5 and 9.8). */
class MessageRefusalsTest {
  private static final CipherSuite SUITE_2 = CipherSuites.standard().require(2);

  /** The cases of edhoc-negative.json that reading alone decides. */
  private static final Map<String, Reason> BY_READING =
      Map.ofEntries(
          Map.entry("i-id-cred-map", Reason.BAD_ID_CRED),
          Map.entry("i-mac-4-bytes", Reason.BAD_SIGNATURE_OR_MAC_LENGTH),
          Map.entry("i-mac-empty", Reason.BAD_SIGNATURE_OR_MAC_LENGTH),
          Map.entry("i-ead-bstr-first", Reason.BAD_EAD),
          Map.entry("i-plaintext-empty", Reason.TRUNCATED),
          Map.entry("i-two-items", Reason.TRAILING_ITEMS),
          Map.entry("i-c_r-appended-old-draft", Reason.TRAILING_ITEMS),
          Map.entry("i-empty", Reason.TRUNCATED),
          Map.entry("r1-suite-array-one", Reason.BAD_SUITES),
          Map.entry("r1-suite-tstr", Reason.BAD_SUITES),
          Map.entry("r1-ci-int-24", Reason.BAD_CONNECTION_ID),
          Map.entry("r1-ci-missing", Reason.TRUNCATED),
          Map.entry("r1-gx-sec1-compressed", Reason.BAD_EPHEMERAL_KEY),
          Map.entry("r1-gx-empty", Reason.BAD_EPHEMERAL_KEY),
          Map.entry("r1-ead-bad-label", Reason.BAD_EAD),
          Map.entry("r1-trailing-break", Reason.BAD_EAD),
          Map.entry("r1-huge-length", Reason.TRUNCATED),
          Map.entry("r1-tagged", Reason.UNEXPECTED_ITEM),
          Map.entry("r1-f5-prefixed", Reason.UNEXPECTED_ITEM),
          Map.entry("r3-mac-4", Reason.BAD_SIGNATURE_OR_MAC_LENGTH),
          Map.entry("r3-id-map", Reason.BAD_ID_CRED),
          Map.entry("r3-tail", Reason.BAD_EAD),
          Map.entry("r3-array", Reason.UNEXPECTED_ITEM));

  @Test
  @Tag("LK-094")
  void refusesTheNegativeVectorsThatReadingDecides() {
    int seen = 0;
    for (JsonNode example : Vectors.load("edhoc-negative.json", node -> node)) {
      Reason expected = BY_READING.get(example.path("id").asText());
      if (expected != null) {
        seen++;
        assertThat(refusal(() -> decode(example)))
            .as(example.path("id").asText())
            .isEqualTo(expected);
      }
    }
    assertThat(seen).isEqualTo(BY_READING.size());
  }

  @Test
  void readsTheNegativeVectorsThatReadingDoesNotDecide() throws EdhocException {
    int seen = 0;
    for (JsonNode example : Vectors.load("edhoc-negative.json", node -> node)) {
      if (!BY_READING.containsKey(example.path("id").asText())) {
        decode(example);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(52 - BY_READING.size());
  }

  @Test
  void keepsMethodsThatNobodyKnowsWithin32Bits() throws EdhocException {
    Bytes rest = Bytes.hex("024000");
    assertThat(Message1.decode(Bytes.hex("1863").plus(rest)).method()).isEqualTo(99);
    assertThat(Message1.decode(Bytes.hex("20").plus(rest)).method()).isEqualTo(-1);
    assertThat(refusal(() -> Message1.decode(Bytes.hex("1b0000000100000000").plus(rest))))
        .isEqualTo(Reason.METHOD_NOT_SUPPORTED);
  }

  @Test
  void refusesMessagesLongerThanTheLimit() {
    assertThat(refusal(() -> Message3.decode(Bytes.owned(new byte[65_537]))))
        .isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void refusesMessage2WithoutACompleteKey() {
    Bytes key = Bytes.owned(new byte[31]);
    assertThat(refusal(() -> Message2.decode(Bytes.hex("581f").plus(key), SUITE_2)))
        .isEqualTo(Reason.BAD_EPHEMERAL_KEY);
  }

  @Test
  void boundsTheListOfSuites() throws EdhocException {
    Bytes most = Bytes.hex("039840").plus(Bytes.owned(new byte[64])).plus(Bytes.hex("4000"));
    assertThat(Message1.decode(most).suites().values()).hasSize(SuitesField.MAX_SUITES);
    Bytes more = Bytes.hex("039841").plus(Bytes.owned(new byte[65])).plus(Bytes.hex("4000"));
    assertThat(refusal(() -> Message1.decode(more))).isEqualTo(Reason.TOO_LONG);
    assertThatThrownBy(() -> new SuitesField(Collections.nCopies(65, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SuitesField(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesSuitesOfTheRegistrysRangeOnly() throws EdhocException {
    for (int value : List.of(-65_536, -41_121, 65_535)) {
      SuitesField suites = SuitesField.of(value, 2);
      Message1 message = new Message1(3, suites, Bytes.empty(), ConnectionId.of(), EadItems.none());
      assertThat(Message1.decode(message.encoded())).isEqualTo(message);
    }
    for (String suite : List.of("1a00010000", "3a00010000", "1b7fffffffffffffff", "f6", "8100")) {
      Bytes message = Bytes.hex("03").plus(Bytes.hex(suite)).plus(Bytes.hex("4000"));
      assertThat(refusal(() -> Message1.decode(message))).isEqualTo(Reason.BAD_SUITES);
    }
    assertThatThrownBy(() -> SuitesField.of(65_536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SuitesField.of(-65_537)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotSelectASuiteThatIsNotOwn() {
    assertThatThrownBy(() -> SuitesField.selecting(List.of(6, 2), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsTheItemsOfEad() throws EdhocException {
    Bytes most = Bytes.owned(new byte[EadItems.MAX_ITEMS]);
    assertThat(EadItems.decode(most).items()).hasSize(EadItems.MAX_ITEMS);
    assertThat(EadItems.decode(most).withoutPadding()).isEmpty();
    assertThat(refusal(() -> EadItems.decode(most.plus(Bytes.of(0))))).isEqualTo(Reason.TOO_LONG);
    List<EadItem> tooMany = IntStream.rangeClosed(0, 256).mapToObj(EadItem::of).toList();
    assertThatThrownBy(() -> new EadItems(tooMany)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesLabelsOfTheRegistrysRangeOnly() throws EdhocException {
    assertThat(EadItems.decode(Bytes.hex("39fffe")).items())
        .containsExactly(EadItem.critical(65_535));
    for (String label : List.of("1a00010000", "39ffff", "3b7fffffffffffffff", "f5", "6161")) {
      assertThat(refusal(() -> EadItems.decode(Bytes.hex(label)))).isEqualTo(Reason.BAD_EAD);
    }
    assertThatThrownBy(() -> EadItem.of(65_536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EadItem.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EadItem.critical(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void abortsForCriticalItemsThatNobodyKnowsOnly() throws EdhocException {
    EadItems items =
        EadItems.of(EadItem.of(0), EadItem.of(830), EadItem.critical(831, Bytes.of(1)));
    items.requireKnown(Set.of(831));
    assertThat(refusal(() -> items.requireKnown(Set.of(830))))
        .isEqualTo(Reason.UNKNOWN_CRITICAL_EAD);
    assertThat(items.withoutPadding()).hasSize(2);
    assertThat(items.plus(EadItems.of(EadItem.of(9))).items()).hasSize(4);
    assertThat(EadItems.none().isEmpty()).isTrue();
    assertThat(items.isEmpty()).isFalse();
  }

  @Test
  void keepsMapsOfSeveralParametersAndOtherLabelsAsTheyAre() {
    for (String map : List.of("a0", "a10e40", "a2044101184041ff", "a1616140", "a10405")) {
      assertThat(IdCredForm.compact(Bytes.hex(map))).isEqualTo(Bytes.hex(map));
    }
    assertThatThrownBy(() -> IdCredForm.compact(Bytes.hex("80")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Reads what the case delivers, and the plaintext where it tells one. */
  private static void decode(JsonNode example) throws EdhocException {
    Bytes value = Examples.hex(example, "value");
    switch (example.path("message").asText()) {
      case "message_1" -> {
        Message1 message = Message1.decode(value);
        CipherSuite suite = CipherSuites.standard().require(message.suites().selected());
        var unused = message.gX(suite);
      }
      case "message_2" -> {
        var unused = Message2.decode(value, SUITE_2);
        if (example.hasNonNull("plaintext_2")) {
          var unusedToo = Plaintext2.decode(Examples.hex(example, "plaintext_2"), 8);
        }
      }
      case "message_3" -> {
        var unused = Message3.decode(value);
        if (example.hasNonNull("plaintext_3")) {
          var unusedToo = Plaintext3.decode(Examples.hex(example, "plaintext_3"), 8);
        }
      }
      case "message_4" -> {
        var unused = Message4.decode(value);
      }
      default -> {
        var unused = EdhocError.decode(value);
      }
    }
  }
}
