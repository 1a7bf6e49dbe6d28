package dev.moat.foe.stack;

import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Peer;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.client.EdhocClient;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.engine.resource.Router;
import dev.moat.foe.field.Party;
import dev.moat.foe.keys.Holder;
import dev.moat.foe.keys.Identities;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.oscore.context.ContextTable;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Contexts that both ends agree on by EDHOC over the path under attack (RFC 9528, Appendix A):
 * method 3, the client being the initiator.
 *
 * @param anyPeer true when each end takes whoever shows a credential, for control
 * @param guard what a client must show before the server computes for it
 */
record EdhocKeying(boolean anyPeer, GuardPolicy guard) implements Keying {
  /** Credentials here do not expire. */
  private static final Instant NOW = Instant.EPOCH;

  /** The defaults. */
  static EdhocKeying defaults() {
    return new EdhocKeying(false, GuardPolicy.defaults());
  }

  /** For control: takes whoever shows a credential, and never finds itself under load. */
  static EdhocKeying lax() {
    GuardPolicy never =
        GuardPolicy.defaults()
            .withProof(GuardPolicy.Proof.INSECURE_NEVER)
            .withLoad(Integer.MAX_VALUE, Integer.MAX_VALUE);
    return new EdhocKeying(true, never);
  }

  @Override
  public boolean isByHandshake() {
    return true;
  }

  @Override
  public Party client(
      Party plain,
      Scenario.Cast cast,
      Step.Caller caller,
      StackUnderTest.Surroundings surroundings) {
    Holder holder = caller == Step.Caller.CLIENT ? Holder.CLIENT : Holder.OTHER;
    Identities identities = Identities.of(surroundings.runSecret());
    EdhocClientConfig.Builder config =
        EdhocClientConfig.forward(
                settings(holder, identities, cast),
                rules(holder, identities, surroundings.ledger()),
                Method.DH_DH)
            .sessions(confirming(holder, surroundings.ledger()));
    if (cast.handshake() == Scenario.Handshake.DRAWN_COMBINED) {
      config = config.combined();
    }
    EdhocClient procedure =
        new EdhocClient(
            config.build(), identities.random(holder), () -> NOW, surroundings.events());
    return plain.with(
        new HandshakingCalls(
            plain.calls(),
            procedure,
            cast.handshake() == Scenario.Handshake.BEFORE,
            surroundings.nanoClock()));
  }

  @Override
  public OscoreConfig server(
      Router router, Scenario.Cast cast, StackUnderTest.Surroundings surroundings) {
    Identities identities = Identities.of(surroundings.runSecret());
    Ledger ledger = surroundings.ledger();
    EdhocServerConfig config =
        EdhocServerConfig.builder(
                settings(Holder.SERVER, identities, cast), rules(Holder.SERVER, identities, ledger))
            .guard(guard)
            .sessions(confirming(Holder.SERVER, ledger))
            .build();
    ContextTable contexts = new ContextTable();
    EdhocServer server =
        new EdhocServer(
            config,
            new RecipientIds(contexts),
            identities.random(Holder.SERVER),
            () -> NOW,
            surroundings.events());
    server.resources().forEach(router::add);
    ledger.watch(server::halfOpen);
    return OscoreConfig.of(contexts).withCrypto(identities.crypto()).withEdhoc(server);
  }

  private EdhocSettings settings(Holder holder, Identities identities, Scenario.Cast cast) {
    EdhocSettings.Builder settings = identities.settings(holder, anyPeer);
    return cast.handshake() == Scenario.Handshake.DRAWN_WITH_MESSAGE_4
        ? settings.message4().build()
        : settings.build();
  }

  private static ContextRules rules(Holder holder, Identities identities, Ledger ledger) {
    return ContextRules.of(ledger.contexts(holder, identities.crypto()));
  }

  private static BiConsumer<Peer, EdhocSession> confirming(Holder holder, Ledger ledger) {
    return (peer, session) -> {
      ledger.confirmed(holder, session);
      session.close();
    };
  }

  @Override
  public OscoreInsight.Keys keys(SecretBytes runSecret, Ledger ledger) {
    return ledger::ofServer;
  }
}
