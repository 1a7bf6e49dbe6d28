package dev.moat.cli.edhoc;

import dev.moat.cli.decode.EdhocWords;
import dev.moat.cli.words.CodeWords;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a session when it is closed.
 *
 * @param line the session in one line
 * @param secrets what OSCORE begins with, when that is to be shown
 * @param suite the suite
 * @param inside2 what the plaintext of message_2 says
 * @param inside3 what the plaintext of message_3 says
 */
record Agreement(
    String line,
    List<String> secrets,
    CipherSuite suite,
    List<String> inside2,
    List<String> inside3) {
  /** Of a session that is still open. */
  static Agreement of(SessionReport report, boolean withSecrets) {
    EdhocSession session = report.session();
    List<String> two = new ArrayList<>();
    two.add("C_R " + EdhocWords.identifier(session.cR().bytes()));
    List<String> three = new ArrayList<>();
    String peer = EdhocWords.idCred(session.peer().idCred());
    if (session.method() == Method.PSK) {
      three.add("ID_CRED_PSK " + peer);
    } else {
      two.add("ID_CRED_R " + name(report, Role.RESPONDER));
      two.add("Signature_or_MAC_2 " + proof(session, Role.RESPONDER));
      three.add("ID_CRED_I " + name(report, Role.INITIATOR));
      three.add("Signature_or_MAC_3 " + proof(session, Role.INITIATOR));
    }
    return new Agreement(
        report.line(),
        withSecrets ? report.secrets() : List.of(),
        session.suite(),
        List.copyOf(two),
        List.copyOf(three));
  }

  private static String name(SessionReport report, Role role) {
    EdhocSession session = report.session();
    return role == session.role()
        ? report.own().map(EdhocWords::idCred).orElse("our own")
        : EdhocWords.idCred(session.peer().idCred());
  }

  private static String proof(EdhocSession session, Role role) {
    return CodeWords.octets(session.suite().signatureOrMacOctets(session.method().of(role)));
  }
}
