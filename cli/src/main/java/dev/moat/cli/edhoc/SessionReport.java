package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.decode.EdhocWords;
import dev.moat.coap.service.Peer;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.session.EdhocSession;
import java.util.List;
import java.util.Optional;

/** What a session with another endpoint came to, in words. */
final class SessionReport {
  private static final int MASTER_SECRET = 0;
  private static final int MASTER_SALT = 1;
  private static final int SALT_OCTETS = 8;

  private final Peer peer;
  private final EdhocSession session;
  private final Optional<IdCred> own;
  private final boolean isServer;

  /**
   * About a session, which stays the caller's.
   *
   * @param own how this side named its credential; empty with a shared key
   */
  SessionReport(Peer peer, EdhocSession session, Optional<IdCred> own, boolean isServer) {
    this.peer = peer;
    this.session = session;
    this.own = own;
    this.isServer = isServer;
  }

  EdhocSession session() {
    return session;
  }

  Optional<IdCred> own() {
    return own;
  }

  /** One line without secrets. */
  String line() {
    return "EDHOC complete: method "
        + session.method().value()
        + ", suite "
        + session.suite().value()
        + ", C_I "
        + EdhocWords.identifier(session.cI().bytes())
        + ", C_R "
        + EdhocWords.identifier(session.cR().bytes())
        + ", peer "
        + EdhocWords.idCred(session.peer().idCred())
        + subject()
        + " at "
        + peer
        + ", "
        + role();
  }

  private String subject() {
    return session
        .peer()
        .credential()
        .flatMap(Credential::subject)
        .map(s -> " '" + s + "'")
        .orElse("");
  }

  /** In the forward flow the CoAP client is the initiator (RFC 9528, Appendix A.2). */
  private String role() {
    boolean initiator = session.role() == Role.INITIATOR;
    return "as "
        + (initiator ? "initiator" : "responder")
        + " in the "
        + (initiator == isServer ? "reverse" : "forward")
        + " flow";
  }

  /** The secrets that OSCORE begins with (RFC 9528, Appendix A.1), one per line. */
  List<String> secrets() {
    int octets = session.suite().applicationAead().keyOctets();
    return List.of(
        "OSCORE Master Secret: " + exported(MASTER_SECRET, octets),
        "OSCORE Master Salt: " + exported(MASTER_SALT, SALT_OCTETS));
  }

  private String exported(int label, int octets) {
    try (SecretBytes secret = session.exporter(label, Bytes.empty(), octets)) {
      return secret.use(lent -> Bytes.copyOf(lent).toHex());
    }
  }
}
