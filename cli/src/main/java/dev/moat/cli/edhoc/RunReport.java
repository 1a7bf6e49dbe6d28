package dev.moat.cli.edhoc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Style;
import dev.moat.cli.console.Terminal;
import dev.moat.cli.decode.Dissection;
import dev.moat.cli.decode.DissectionJson;
import dev.moat.cli.decode.DissectionText;
import dev.moat.cli.decode.EdhocDissector;
import dev.moat.cli.decode.EdhocMessageKind;
import dev.moat.cli.decode.EdhocWords;
import dev.moat.cli.words.CodeWords;
import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.Optional;

/** What a handshake in one process was. */
final class RunReport {
  private static final int MASTER_SECRET = 0;
  private static final int MASTER_SALT = 1;
  private static final int SALT_OCTETS = 8;

  private final LocalHandshake.Outcome outcome;
  private final IdCred initiator;
  private final IdCred responder;
  private final boolean showSecrets;
  private final CipherSuite suite;

  RunReport(LocalHandshake.Outcome outcome, List<IdCred> initiatorAndResponder, boolean secrets) {
    this.outcome = outcome;
    this.initiator = initiatorAndResponder.get(0);
    this.responder = initiatorAndResponder.get(1);
    this.showSecrets = secrets;
    this.suite = outcome.responder().suite();
  }

  /** True when both sides have the same keys. */
  boolean isAgreed() {
    try (SecretBytes one = masterSecret(outcome.initiator());
        SecretBytes other = masterSecret(outcome.responder())) {
      return one.equals(other);
    }
  }

  private SecretBytes masterSecret(EdhocSession session) {
    int octets = suite.applicationAead().keyOctets();
    return session.exporter(MASTER_SECRET, Bytes.empty(), octets);
  }

  private SecretBytes masterSalt(EdhocSession session) {
    return session.exporter(MASTER_SALT, Bytes.empty(), SALT_OCTETS);
  }

  /** For people. */
  void print(Console console) {
    DissectionText text = new DissectionText(console);
    for (int i = 0; i < outcome.messages().size(); i++) {
      Bytes message = outcome.messages().get(i);
      text.print(message, kind(i), dissection(i));
      inside(i).forEach(line -> console.result("  inside: " + line));
      console.result("");
    }
    console.result(
        Style.GOOD.on("EDHOC complete: " + agreed(outcome.responder()), Terminal.colouredOut()));
    if (!isAgreed()) {
      console.result(Style.BAD.on("the sides have different keys", Terminal.colouredOut()));
    }
    if (showSecrets) {
      secret(console, "OSCORE Master Secret", masterSecret(outcome.responder()));
      secret(console, "OSCORE Master Salt", masterSalt(outcome.responder()));
    }
  }

  private String agreed(EdhocSession session) {
    return "method "
        + session.method().value()
        + ", suite "
        + suite.value()
        + ", C_I "
        + EdhocWords.identifier(session.cI().bytes())
        + ", C_R "
        + EdhocWords.identifier(session.cR().bytes())
        + ", initiator "
        + EdhocWords.idCred(initiator)
        + ", responder "
        + EdhocWords.idCred(responder);
  }

  private static void secret(Console console, String name, SecretBytes secret) {
    try (secret) {
      console.result(name + ": " + hex(secret));
    }
  }

  private static String hex(SecretBytes secret) {
    return secret.use(octets -> Bytes.copyOf(octets).toHex());
  }

  private static EdhocMessageKind kind(int index) {
    return switch (index) {
      case 0 -> EdhocMessageKind.MESSAGE_1;
      case 1 -> EdhocMessageKind.MESSAGE_2;
      case 2 -> EdhocMessageKind.MESSAGE_3;
      default -> EdhocMessageKind.MESSAGE_4;
    };
  }

  private Dissection dissection(int index) {
    return EdhocDissector.dissect(
        outcome.messages().get(index), 0, kind(index), Optional.of(suite));
  }

  /** What the plaintexts of message_2 and message_3 say, which both sides know. */
  private List<String> inside(int index) {
    EdhocSession session = outcome.responder();
    if (session.method() == Method.PSK) {
      return ofPsk(index, session);
    }
    if (index == 1) {
      return List.of(
          "C_R " + EdhocWords.identifier(session.cR().bytes()),
          "ID_CRED_R " + EdhocWords.idCred(responder),
          "Signature_or_MAC_2 " + proof(Role.RESPONDER));
    }
    return index == 2
        ? List.of(
            "ID_CRED_I " + EdhocWords.idCred(initiator),
            "Signature_or_MAC_3 " + proof(Role.INITIATOR))
        : List.of();
  }

  private List<String> ofPsk(int index, EdhocSession session) {
    return switch (index) {
      case 1 -> List.of("C_R " + EdhocWords.identifier(session.cR().bytes()));
      case 2 -> List.of("ID_CRED_PSK " + EdhocWords.idCred(initiator));
      default -> List.of();
    };
  }

  private String proof(Role role) {
    return CodeWords.octets(suite.signatureOrMacOctets(outcome.responder().method().of(role)));
  }

  /** For scripts. */
  ObjectNode json() {
    EdhocSession session = outcome.responder();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("agreed", isAgreed());
    root.put("method", session.method().value());
    root.put("suite", suite.value());
    root.put("cI", session.cI().bytes().toHex());
    root.put("cR", session.cR().bytes().toHex());
    root.put("idCredI", initiator.encoded().toHex());
    root.put("idCredR", responder.encoded().toHex());
    ArrayNode messages = root.putArray("messages");
    for (int i = 0; i < outcome.messages().size(); i++) {
      ObjectNode node = DissectionJson.of(outcome.messages().get(i), kind(i), dissection(i));
      inside(i).forEach(node.withArray("inside")::add);
      messages.add(node);
    }
    if (showSecrets) {
      try (SecretBytes secret = masterSecret(session);
          SecretBytes salt = masterSalt(session)) {
        root.put("masterSecret", hex(secret)).put("masterSalt", hex(salt));
      }
    }
    return root;
  }
}
