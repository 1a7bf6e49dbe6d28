package dev.moat.foe.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.engine.resource.Router;
import dev.moat.foe.field.Party;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.filter.SecuredBy;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The security contexts that both ends of a run are given beforehand, one for each client (RFC
 * 8613, Section 3.2). All but the replay window is as the RFC has it: AES-CCM-16-64-128, HKDF with
 * SHA-256, no ID Context.
 *
 * @param replayWindow how many Partial IVs the server keeps track of; 1 takes only what is newer
 *     than all before
 */
record PresetContexts(int replayWindow) implements Keying {
  private static final Bytes CLIENT_ID = Bytes.of(0x01);
  private static final Bytes OTHER_ID = Bytes.of(0x02);
  private static final Bytes SERVER_ID = Bytes.of(0x5e);

  @Override
  public boolean isByHandshake() {
    return false;
  }

  @Override
  public Party client(
      Party plain,
      Scenario.Cast cast,
      Step.Caller caller,
      StackUnderTest.Surroundings surroundings) {
    SecurityContext context = client(caller, surroundings.runSecret(), JdkCrypto.create());
    return plain.with(new SecuredCalls(plain.calls(), context));
  }

  /** Calls that are all protected. */
  private record SecuredCalls(Party.Calls plain, SecurityContext context) implements Party.Calls {
    @Override
    public CompletionStage<Outcome> request(Request request, long nowNanos) {
      return plain.request(SecuredBy.secured(request, context), nowNanos);
    }

    @Override
    public CompletionStage<Boolean> prepare(Peer server, long nowNanos) {
      return plain.prepare(server, nowNanos);
    }
  }

  private SecurityContext client(Step.Caller caller, SecretBytes runSecret, Crypto crypto) {
    try (ContextParameters parameters = parameters(caller, runSecret)) {
      return derive(parameters, crypto);
    }
  }

  @Override
  public OscoreConfig server(
      Router router, Scenario.Cast cast, StackUnderTest.Surroundings surroundings) {
    Crypto crypto = JdkCrypto.create();
    ContextTable table = new ContextTable();
    for (Step.Caller caller : Step.Caller.values()) {
      try (ContextParameters parameters = parameters(caller, surroundings.runSecret());
          ContextParameters reversed = parameters.reversed()) {
        table.add(derive(reversed, crypto));
      }
    }
    return OscoreConfig.of(table).withCrypto(crypto);
  }

  @Override
  public OscoreInsight.Keys keys(SecretBytes runSecret, Ledger ledger) {
    return kid -> Optional.of(parameters(Step.Caller.CLIENT, runSecret).reversed());
  }

  private static SecurityContext derive(ContextParameters parameters, Crypto crypto) {
    // The run's secret is never used again, so nobody needs to remember what was sent under it.
    return SecurityContext.derive(
        parameters, crypto, InsecureVolatileReservations.start(0), Provenance.FRESH);
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
