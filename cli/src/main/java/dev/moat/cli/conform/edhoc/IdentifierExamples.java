package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.IdCredForm;
import dev.moat.edhoc.message.Plaintext2;

/** Identifiers and their forms on the wire (RFC 9528, Sections 3.3.2 and 3.5.3.2). */
final class IdentifierExamples {
  private static final Bytes EMPTY_STRING = Bytes.of(0x40);

  private IdentifierExamples() {}

  static void identifier(JsonNode testCase, Findings findings) throws EdhocException {
    Bytes raw = Json.octets(testCase, "raw");
    Bytes wire = Json.octets(testCase, "wire");
    ConnectionId id = new ConnectionId(raw);
    findings.same("wire", wire, id.encoded());
    findings.same("raw", raw, ConnectionId.decode(wire).bytes());
    findings.asStated("oscore_recipient_id", testCase, id.bytes());
  }

  /** All identifiers of one octet: these are sent as themselves, all others as byte strings. */
  static void table(JsonNode testCase, Findings findings) throws EdhocException {
    JsonNode listed = testCase.path("self_encoded");
    if (listed.isEmpty()) {
      findings.notRun("a table without self_encoded is not supported");
      return;
    }
    for (int octet = 0; octet < 256; octet++) {
      Bytes raw = Bytes.of(octet);
      Bytes wire = has(listed, raw) ? raw : Bytes.of(0x41, octet);
      ConnectionId id = new ConnectionId(raw);
      findings.same("wire of " + raw, wire, id.encoded());
      findings.same("raw of " + wire, id, ConnectionId.decode(wire));
    }
  }

  private static boolean has(JsonNode listed, Bytes raw) {
    for (JsonNode one : listed) {
      if (one.asText().equals(raw.toHex())) {
        return true;
      }
    }
    return false;
  }

  /** ID_CRED_x is written and read as a part of a plaintext, as in production. */
  static void compact(JsonNode testCase, Findings findings) throws EdhocException {
    Bytes idCred = Json.octets(testCase, "id_cred");
    Bytes form = Json.octets(testCase, "in_plaintext");
    findings.same("in_plaintext", form, IdCredForm.compact(idCred));
    Plaintext2 plaintext = Plaintext2.decode(Bytes.of(0).plus(form).plus(EMPTY_STRING), 0);
    Plaintext2 stated = new Plaintext2(ConnectionId.of(0), idCred, Bytes.empty(), EadItems.none());
    findings.same("id_cred", stated.idCred(), plaintext.idCred());
    findings.same("plaintext", plaintext.encoded(), stated.encoded());
  }
}
