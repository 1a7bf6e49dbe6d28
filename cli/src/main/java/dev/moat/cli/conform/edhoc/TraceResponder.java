package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cose.CoseException;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.run.EdhocSettings;

/** The Responder of the handshake that a file of vectors is made around, as a server has it. */
public final class TraceResponder {
  private final Trace trace;
  private final Primitives primitives;
  private final Findings findings;

  /** The handshake is the one that the case or its file states, else RFC 9529, Section 3. */
  public TraceResponder(
      JsonNode testCase, JsonNode root, Primitives primitives, Findings findings) {
    this.trace = KnownTrace.of(testCase, root);
    this.primitives = primitives;
    this.findings = findings;
  }

  /** C_R. */
  public Bytes connectionId() {
    return trace.connectionId(Role.RESPONDER).bytes();
  }

  /** Its settings, with the handshake's ephemeral key in every session. */
  public EdhocSettings settings(boolean message4) {
    try {
      return new RunUnderTest(trace, primitives, KeyUse.OSCORE, findings)
          .settings(Role.RESPONDER, message4);
    } catch (CoseException e) {
      throw new IllegalArgumentException("a credential is refused with " + e.reason());
    }
  }
}
