package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.VerificationKey;
import dev.moat.edhoc.Role;
import java.util.Optional;

/**
 * Fixes what a trace states of one side: its ephemeral key and its signature.
 *
 * <p>ECDSA may be randomised. When the own signature differs from the stated one, both are
 * verified, and the stated one is sent, so that everything behind it can still be compared.
 */
record TraceScript(Trace trace, Role role, Findings findings) implements Script {
  @Override
  public Optional<Bytes> ephemeral(DhCurve curve) {
    return curve == trace.suite().curve()
        ? Optional.of(trace.value(role == Role.INITIATOR ? "X" : "Y"))
        : Optional.empty();
  }

  @Override
  public Bytes signature(VerificationKey key, Bytes message, Bytes own) {
    String name = role == Role.INITIATOR ? "Signature_or_MAC_3" : "Signature_or_MAC_2";
    Optional<Bytes> stated = Json.optional(trace.values(), name);
    if (stated.isEmpty() || stated.get().equals(own) || !isRandomised(key.algorithm())) {
      return own;
    }
    if (!key.verify(message, own) || !key.verify(message, stated.get())) {
      return own;
    }
    findings.note(
        name
            + ": "
            + key.algorithm()
            + " is randomised here; the own signature and the stated one were verified, and the"
            + " stated one was used in what follows");
    return stated.get();
  }

  private static boolean isRandomised(SignatureAlgorithm algorithm) {
    return algorithm == SignatureAlgorithm.ES256 || algorithm == SignatureAlgorithm.ES384;
  }
}
