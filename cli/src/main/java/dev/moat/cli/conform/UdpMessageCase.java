package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.TokenLengths;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;

/**
 * A message of the UDP format: decodes to the stated fields and encodes back, or is refused for the
 * stated reason.
 */
final class UdpMessageCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    Bytes octets = Bytes.hex(testCase.path("message").asText());
    String expected = testCase.path("expected").asText();
    switch (expected) {
      case "ok" -> wellFormed(testCase, octets, findings);
      case "malformed" -> malformed(testCase, octets, findings);
      default -> findings.problem("expected is '" + expected + "', neither ok nor malformed");
    }
  }

  private static void wellFormed(JsonNode testCase, Bytes octets, Findings findings) {
    try {
      Message message = UdpCodec.decode(octets);
      DecodedFields.compare(testCase.path("decoded"), message, findings);
      Bytes encoded = UdpCodec.encode(message);
      if (testCase.path("reencodes_identically").asBoolean(false)) {
        findings.same("encoding", octets.toHex(), encoded.toHex());
      } else {
        findings.same("message decoded again", message, UdpCodec.decode(encoded));
      }
    } catch (MessageFormatException e) {
      findings.problem("refused with " + e.reason().label() + " at offset " + e.offset());
    }
  }

  private static void malformed(JsonNode testCase, Bytes octets, Findings findings) {
    String reason = testCase.path("error_class").asText();
    // RFC 8974 gives a meaning to some of the Token Lengths that RFC 7252 reserves, so a case that
    // states the rule of RFC 7252 is put to a decoder without the extension.
    TokenLengths tokenLengths =
        reason.equals("reserved-tkl") ? TokenLengths.BASIC : TokenLengths.EXTENDED;
    try {
      Message message = UdpCodec.decode(octets, tokenLengths);
      findings.problem(
          "accepted as " + message.type() + " " + message.code() + ", expected " + reason);
    } catch (MessageFormatException e) {
      if (!reason.isEmpty()) {
        findings.same("error_class", reason, e.reason().label());
      }
    }
  }
}
