package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One side of a handshake, with everything that can be seen of it. */
final class Side {
  private static final int SALT_OCTETS = 8;

  private final Role role;
  private final Watch watch = new Watch();
  private final Primitives primitives;
  private final Map<String, Bytes> seen = new LinkedHashMap<>();

  Side(Role role, Primitives primitives, Script script) {
    this.role = role;
    this.primitives = WatchedPrimitives.of(primitives, watch, script);
  }

  Role role() {
    return role;
  }

  Primitives primitives() {
    return primitives;
  }

  Watch watch() {
    return watch;
  }

  /** Remembers a value under its name in traces. */
  void saw(String name, Bytes value) {
    seen.put(name, value);
  }

  /** What was seen under a name. */
  Optional<Bytes> seen(String name) {
    return Optional.ofNullable(seen.get(name));
  }

  /** Exports what OSCORE needs (RFC 9528, Appendix A.1), also after a key update (Appendix H). */
  void export(EdhocSession session, Optional<Bytes> updateContext) {
    boolean initiator = role == Role.INITIATOR;
    saw("C_I", session.cI().bytes());
    saw("C_R", session.cR().bytes());
    saw("C_I_cbor", session.cI().encoded());
    saw("C_R_cbor", session.cR().encoded());
    saw("TH_4", session.th4().value());
    if (session.method() != Method.PSK) {
      saw(initiator ? "CRED_I_cbor" : "CRED_R_cbor", session.ownCredential());
      saw(initiator ? "CRED_R_cbor" : "CRED_I_cbor", session.peer().encoded());
    }
    // With the Initiator as CoAP client: its Sender ID is C_R, which the Responder chose.
    saw("OSCORE_client_Sender_ID", session.cR().bytes());
    saw("OSCORE_server_Sender_ID", session.cI().bytes());
    exportKeys(session, "");
    if (updateContext.isPresent()) {
      session.keyUpdate(updateContext.get());
      exportKeys(session, "_after_KeyUpdate");
    }
  }

  private void exportKeys(EdhocSession session, String suffix) {
    int keyOctets = session.suite().applicationAead().keyOctets();
    saw("OSCORE_Master_Secret" + suffix, exported(session, 0, keyOctets));
    saw("OSCORE_Master_Salt" + suffix, exported(session, 1, SALT_OCTETS));
  }

  private static Bytes exported(EdhocSession session, int label, int octets) {
    try (SecretBytes key = session.exporter(label, Bytes.empty(), octets)) {
      return key.use(Bytes::copyOf);
    }
  }
}
