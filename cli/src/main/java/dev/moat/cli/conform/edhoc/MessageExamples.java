package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import java.util.List;

/** Messages and their fields (RFC 9528, Sections 3.8, 5.2.1 and 6). */
final class MessageExamples {
  private static final Bytes METHOD = Bytes.of(3);
  private static final Bytes KEY_AND_IDENTIFIER = Bytes.of(0x40, 0);

  private MessageExamples() {}

  static void ead(JsonNode testCase, Findings findings) throws EdhocException {
    Bytes wire = Json.octets(testCase, "wire");
    EadItems items = EadMembers.items(testCase.path("items"));
    findings.same("wire", wire, items.encoded());
    findings.same("items", items, EadItems.decode(wire));
  }

  static void message1(JsonNode testCase, Primitives primitives, Findings findings)
      throws EdhocException {
    Bytes octets = Json.octets(testCase, "message_1");
    if (!Json.text(testCase, "expected").equals("ok")) {
      refused(octets, findings);
      return;
    }
    Message1 message = Message1.decode(octets);
    findings.same("method", testCase.path("method").asInt(-1), message.method());
    findings.same("suites_i", Integers.of(testCase.path("suites_i")), message.suites().values());
    findings.asStated("c_i", testCase, message.cI().bytes());
    findings.asStated("g_x", testCase, message.gX());
    findings.same("ead_1", EadMembers.items(testCase.path("ead_1")), message.ead1());
    findings.same("message_1 encoded again", octets, message.encoded());
    if (testCase.path("H_message_1").isTextual()) {
      CipherSuite suite = CipherSuites.standard().require(message.suites().selected());
      findings.asStated("H_message_1", testCase, TranscriptHash.of(primitives, suite, octets));
    }
  }

  private static void refused(Bytes octets, Findings findings) {
    try {
      findings.problem("accepted as " + Message1.decode(octets));
    } catch (EdhocException expected) {
      // Refused, as it must be.
    }
  }

  /** SUITES_I is written and read as a part of a message_1, as in production. */
  static void suites(JsonNode testCase, Findings findings) throws EdhocException {
    Bytes wire = Json.octets(testCase, "wire");
    List<Integer> stated = Integers.of(testCase.path("suites"));
    Message1 read = Message1.decode(METHOD.plus(wire).plus(KEY_AND_IDENTIFIER));
    findings.same("suites", stated, read.suites().values());
    findings.same("selected", testCase.path("selected").asInt(-1), read.suites().selected());
    findings.same("wire", wire, wire(new SuitesField(stated)));
  }

  /** SUITES_I as it stands in a message. */
  static Bytes wire(SuitesField suites) {
    Message1 message = new Message1(3, suites, Bytes.empty(), ConnectionId.of(0), EadItems.none());
    Bytes octets = message.encoded();
    return octets.slice(METHOD.length(), octets.length() - KEY_AND_IDENTIFIER.length());
  }

  static void error(JsonNode testCase, Findings findings) throws EdhocException {
    Bytes wire = Json.octets(testCase, "wire");
    EdhocError error = EdhocError.decode(wire);
    findings.same("ERR_CODE", testCase.path("ERR_CODE").asInt(-1), error.code());
    findings.same("wire encoded again", wire, error.encoded());
    JsonNode info = testCase.path("ERR_INFO");
    EdhocError stated = stated(error, info);
    findings.same("ERR_INFO", stated, error);
  }

  /** An error of the same code with the stated ERR_INFO. */
  private static EdhocError stated(EdhocError read, JsonNode info) {
    return switch (read.code()) {
      case 1 -> new EdhocError.Unspecified(info.asText());
      case 2 ->
          new EdhocError.WrongSuite(
              new SuitesField(info.isInt() ? List.of(info.asInt()) : Integers.of(info)));
      case 3 ->
          info.asBoolean(false)
              ? new EdhocError.UnknownCredential()
              : new EdhocError.Other(3, Bytes.empty());
      default -> new EdhocError.Other(read.code(), Bytes.hex(info.asText()));
    };
  }
}
