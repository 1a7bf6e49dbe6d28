package dev.moat.edhoc.message;

import static dev.moat.edhoc.message.Refused.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connection identifiers (RFC 9528, Section 3.3). */
class ConnectionIdTest {
  @Test
  @Tag("LK-005")
  void agreesWithTheVectorsOnTheWireForm() throws EdhocException {
    List<JsonNode> cases = Examples.ofKind("connection-identifier");
    assertThat(cases).hasSize(7);
    for (JsonNode example : cases) {
      Bytes raw = Examples.hex(example, "raw");
      Bytes wire = Examples.hex(example, "wire");
      assertThat(new ConnectionId(raw).encoded()).isEqualTo(wire);
      assertThat(ConnectionId.decode(wire).bytes()).isEqualTo(raw);
    }
  }

  @Test
  @Tag("LK-005")
  void costsOneOctetEmptyOrInTheRangeOfIntegersAndTwoOtherwise() {
    assertThat(ConnectionId.of().encoded()).isEqualTo(Bytes.hex("40"));
    assertThat(ConnectionId.of(0x17).encoded()).isEqualTo(Bytes.hex("17"));
    assertThat(ConnectionId.of(0x18).encoded()).isEqualTo(Bytes.hex("4118"));
    assertThat(ConnectionId.of(0xff).encoded()).isEqualTo(Bytes.hex("41ff"));
    assertThat(ConnectionId.of(1, 2, 3, 4, 5, 6, 7).encoded().length()).isEqualTo(8);
  }

  @Test
  @Tag("LK-005")
  @Tag("LK-093")
  void hasExactlyOneFormForEachOctet() throws EdhocException {
    Set<String> integers = new HashSet<>();
    Examples.ofKind("table")
        .forEach(table -> table.path("self_encoded").forEach(hex -> integers.add(hex.asText())));
    assertThat(integers).hasSize(48);
    for (int octet = 0; octet < 256; octet++) {
      Bytes raw = Bytes.of(octet);
      Bytes string = Bytes.of(0x41, octet);
      if (integers.contains(raw.toHex())) {
        assertThat(ConnectionId.decode(raw)).isEqualTo(ConnectionId.of(octet));
        assertThat(refusal(() -> ConnectionId.decode(string))).isEqualTo(Reason.BAD_CONNECTION_ID);
      } else {
        assertThat(ConnectionId.decode(string)).isEqualTo(ConnectionId.of(octet));
        // 0x40 alone is the empty identifier, and no other octet is an item by itself.
        if (octet != 0x40) {
          assertThat(refusal(() -> ConnectionId.decode(raw))).isNotNull();
        }
      }
    }
  }

  @Test
  void refusesIntegersOfMoreThanOneOctetAndOtherItems() {
    for (String item : List.of("1818", "3818", "6161", "80", "a0", "f5", "c141ff")) {
      assertThat(refusal(() -> ConnectionId.decode(Bytes.hex(item))))
          .isEqualTo(Reason.BAD_CONNECTION_ID);
    }
    assertThat(refusal(() -> ConnectionId.decode(Bytes.hex("0a0b"))))
        .isEqualTo(Reason.TRAILING_ITEMS);
    assertThat(refusal(() -> ConnectionId.decode(Bytes.empty()))).isEqualTo(Reason.TRUNCATED);
    assertThat(refusal(() -> ConnectionId.decode(Bytes.hex("5801ff"))))
        .isEqualTo(Reason.NOT_DETERMINISTIC);
  }

  @Test
  void isBounded() throws EdhocException {
    Bytes longest = Bytes.owned(new byte[ConnectionId.MAX_OCTETS]);
    Bytes wire = new ConnectionId(longest).encoded();
    assertThat(ConnectionId.decode(wire).bytes()).isEqualTo(longest);
    assertThatThrownBy(() -> new ConnectionId(longest.plus(Bytes.of(0))))
        .isInstanceOf(IllegalArgumentException.class);
    Bytes longer = Bytes.hex("5841").plus(longest).plus(Bytes.of(0));
    assertThat(refusal(() -> ConnectionId.decode(longer))).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void standsBeforeAMessage() throws EdhocException {
    ConnectionId.Prefixed read = ConnectionId.prefixOf(Bytes.hex("42abcd43010203"));
    assertThat(read.id()).hasToString("abcd");
    assertThat(read.rest()).isEqualTo(Bytes.hex("43010203"));
  }
}
