package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.psk.PskCredential;

/** The pre-shared key of a trace with method 4. */
final class PskTraceKey {
  private PskTraceKey() {}

  /** The key as the side of {@code role} holds it. */
  static PskCredential of(Trace trace, Role role) throws CoseException {
    Role peer = role == Role.INITIATOR ? Role.RESPONDER : Role.INITIATOR;
    Bytes kid =
        IdCred.decode(trace.value("ID_CRED_PSK_cbor"))
            .kid()
            .orElseThrow(() -> new IllegalArgumentException("ID_CRED_PSK is no kid"));
    try (SecretBytes psk = Json.secret(trace.values(), "PSK");
        SecretBytes own = credential(trace, role);
        SecretBytes other = credential(trace, peer)) {
      return PskCredential.of(kid, psk, own, other, trace.suite().hash());
    }
  }

  private static SecretBytes credential(Trace trace, Role role) {
    return Json.secret(trace.values(), "CRED_" + Trace.letter(role) + "_cbor");
  }
}
