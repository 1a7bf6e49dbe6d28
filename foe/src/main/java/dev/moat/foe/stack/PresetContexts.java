package dev.moat.foe.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.foe.scenario.Step;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The security contexts that both ends of a run are given beforehand, one for each client (RFC
 * 8613, Section 3.2). All but the replay window is as the RFC has it: AES-CCM-16-64-128, HKDF with
 * SHA-256, no ID Context.
 *
 * @param replayWindow how many Partial IVs the server keeps track of; 1 takes only what is newer
 *     than all before
 */
record PresetContexts(int replayWindow) {
  private static final Bytes CLIENT_ID = Bytes.of(0x01);
  private static final Bytes OTHER_ID = Bytes.of(0x02);
  private static final Bytes SERVER_ID = Bytes.of(0x5e);

  /** The client's end, whose first Partial IV is {@code firstNumber}. */
  SecurityContext client(
      Step.Caller caller, SecretBytes runSecret, Crypto crypto, long firstNumber) {
    try (ContextParameters parameters = parameters(caller, runSecret)) {
      return derive(parameters, crypto, firstNumber);
    }
  }

  /** The server's end of every client's context. */
  List<SecurityContext> server(SecretBytes runSecret, Crypto crypto) {
    return Arrays.stream(Step.Caller.values())
        .map(caller -> server(caller, runSecret, crypto))
        .toList();
  }

  /** The server's end of one client's context. */
  SecurityContext server(Step.Caller caller, SecretBytes runSecret, Crypto crypto) {
    try (ContextParameters parameters = parameters(caller, runSecret);
        ContextParameters reversed = parameters.reversed()) {
      return derive(reversed, crypto, 0);
    }
  }

  private static SecurityContext derive(
      ContextParameters parameters, Crypto crypto, long firstNumber) {
    // The run's secret is never used again, so nobody needs to remember what was sent under it.
    return SecurityContext.derive(
        parameters, crypto, InsecureVolatileReservations.start(firstNumber), Provenance.FRESH);
  }

  /** The salt gives each client keys of its own, and the server other ones towards each. */
  private ContextParameters parameters(Step.Caller caller, SecretBytes runSecret) {
    Bytes id = caller == Step.Caller.CLIENT ? CLIENT_ID : OTHER_ID;
    return ContextParameters.builder(runSecret, id, SERVER_ID)
        .masterSalt(Bytes.utf8(caller.name().toLowerCase(Locale.ROOT)))
        .replayWindow(replayWindow)
        .build();
  }
}
