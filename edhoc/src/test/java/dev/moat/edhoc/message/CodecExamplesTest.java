package dev.moat.edhoc.message;

import static dev.moat.edhoc.message.Refused.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Encodings of RFC 9528 and of other implementations' tests. */
class CodecExamplesTest {
  private static final Bytes MAC = Bytes.hex("0102030405060708");

  @Test
  @Tag("LK-093")
  void writesAKidInPlaceOfItsMapAndReadsItBack() throws EdhocException {
    List<JsonNode> cases = Examples.ofKind("id-cred-compact");
    assertThat(cases).hasSize(6);
    for (JsonNode example : cases) {
      Bytes map = Examples.hex(example, "id_cred");
      Bytes form = Examples.hex(example, "in_plaintext");
      assertThat(IdCredForm.compact(map)).isEqualTo(form);
      Bytes plaintext = form.plus(Bytes.of(0x48)).plus(MAC);
      Plaintext3 read = Plaintext3.decode(plaintext, 8);
      assertThat(read.idCred()).isEqualTo(map);
      assertThat(read.encoded()).isEqualTo(plaintext);
      Bytes asMap = map.plus(Bytes.of(0x48)).plus(MAC);
      assertThat(refusal(() -> Plaintext3.decode(asMap, 8))).isEqualTo(Reason.BAD_ID_CRED);
    }
  }

  @Test
  void readsAndWritesEadItems() throws EdhocException {
    List<JsonNode> cases = Examples.ofKind("ead");
    assertThat(cases).hasSize(6);
    for (JsonNode example : cases) {
      Bytes wire = Examples.hex(example, "wire");
      EadItems items = Examples.ead(example.path("items"));
      assertThat(EadItems.decode(wire)).isEqualTo(items);
      assertThat(items.encoded()).isEqualTo(wire);
    }
  }

  @Test
  void readsMessage1WithEad() throws EdhocException {
    List<JsonNode> cases = Examples.ofKind("message_1-parse");
    assertThat(cases).hasSize(3);
    for (JsonNode example : cases) {
      Bytes wire = Examples.hex(example, "message_1");
      Message1 message = Message1.decode(wire);
      assertThat(message.method()).isEqualTo(example.path("method").asInt());
      assertThat(message.suites()).isEqualTo(Examples.suites(example.path("suites_i")));
      assertThat(message.cI().bytes()).isEqualTo(Examples.hex(example, "c_i"));
      assertThat(message.ead1()).isEqualTo(Examples.ead(example.path("ead_1")));
      assertThat(message.encoded()).isEqualTo(wire);
    }
  }

  @Test
  void readsAndWritesSuites() throws EdhocException {
    List<JsonNode> cases = Examples.ofKind("suites");
    assertThat(cases).hasSize(4);
    for (JsonNode example : cases) {
      SuitesField suites = Examples.suites(example.path("suites"));
      Bytes message1 = Bytes.of(3).plus(Examples.hex(example, "wire")).plus(Bytes.hex("41aa00"));
      Message1 read = Message1.decode(message1);
      assertThat(read.suites()).isEqualTo(suites);
      assertThat(suites.selected()).isEqualTo(example.path("selected").asInt());
      assertThat(read.encoded()).isEqualTo(message1);
    }
  }

  @Test
  void readsAndWritesErrors() throws EdhocException {
    List<JsonNode> cases = Examples.ofKind("error");
    assertThat(cases).hasSize(3);
    for (JsonNode example : cases) {
      Bytes wire = Examples.hex(example, "wire");
      EdhocError error = EdhocError.decode(wire);
      assertThat(error.code()).isEqualTo(example.path("ERR_CODE").asInt());
      JsonNode info = example.path("ERR_INFO");
      assertThat(error)
          .isEqualTo(
              info.isBoolean()
                  ? new EdhocError.UnknownCredential()
                  : new EdhocError.WrongSuite(SuitesField.of(info.asInt())));
      assertThat(error.encoded()).isEqualTo(wire);
    }
  }

  @Test
  void negotiatesAsInTheFigures() throws EdhocException {
    List<JsonNode> cases = Examples.ofKind("negotiation");
    assertThat(cases).hasSize(2);
    for (JsonNode example : cases) {
      List<Integer> preferences = Examples.integers(example.path("initiator_suites"));
      JsonNode steps = example.path("steps");
      SuitesField first = Examples.suites(steps.path(0).path("suites_i"));
      assertThat(SuitesField.selecting(preferences, first.selected())).isEqualTo(first);
      List<Integer> supported = Examples.integers(steps.path(1).path("responder_supports"));
      assertThat(first.firstOf(supported)).isEmpty();
      EdhocError error = EdhocError.decode(Examples.hex(steps.path(1), "error"));
      assertThat(((EdhocError.WrongSuite) error).suites().values())
          .containsExactlyInAnyOrderElementsOf(supported);
      SuitesField second = Examples.suites(steps.path(2).path("suites_i"));
      assertThat(SuitesField.selecting(preferences, second.selected())).isEqualTo(second);
      assertThat(second.firstOf(supported)).contains(second.selected());
    }
  }
}
