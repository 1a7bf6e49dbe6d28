package dev.moat.endpoint.stack;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Ticker;
import dev.moat.edhoc.coap.combined.CombinedClient;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.Engine;
import dev.moat.engine.block.OuterBlocksFilter;
import dev.moat.oscore.filter.OscoreClientFilter;
import dev.moat.oscore.filter.OscoreServerFilter;
import dev.moat.oscore.filter.RequestOrder;
import dev.moat.oscore.filter.SecureAssociation;
import dev.moat.oscore.filter.ServerSecurity;
import dev.moat.oscore.protect.Protector;

/** The stages that OSCORE adds to the pipelines of one stack, all with the same keyed ciphers. */
record OscoreStages(
    Protector protector,
    Filter<Request, Reply> outerRequests,
    Filter<Request, Reply> verification,
    Rekeying rekeying,
    Filter<Request, Reply> innerRequests,
    Filter<Request, Outcome> association,
    Filter<Request, Outcome> deregistration,
    CombinedClient combined,
    Filter<Request, Outcome> protection,
    Filter<Request, Outcome> outerResponses) {
  /** What goes in one piece where nothing more is known of the path (RFC 7252, Section 4.6). */
  private static final int MAX_MESSAGE_OCTETS = 1152;

  static OscoreStages of(
      OscoreConfig config, Carriage carriage, Engine engine, Ticker ticker, EventSink events) {
    StackConfig stack = carriage.config();
    Protector protector = new Protector(config.crypto());
    return new OscoreStages(
        protector,
        new OuterBlocksFilter(
            stack.serverBlocks().withMaxBodyOctets(config.maxUnfragmentedOctets()), ticker, events),
        new OscoreServerFilter(
            onCarriage(carriage, config.server()),
            protector,
            new MintedProofs(engine.echoMint()),
            new EngineMessageLayer(engine, ticker::nowNanos),
            ticker,
            events),
        Rekeying.of(config, ticker, events)
            .with(config.edhoc().map(server -> edhoc(server, stack, engine, ticker))),
        new InnerRequests(stack.engine().options()),
        new SecureAssociation(),
        Deregistration.stage(),
        new CombinedClient(Math.min(MAX_MESSAGE_OCTETS, config.maxUnfragmentedOctets())),
        new OscoreClientFilter(protector, events),
        new dev.moat.engine.client.OuterBlocksFilter(config.maxUnfragmentedOctets(), events));
  }

  private static EdhocStages edhoc(
      EdhocServer server, StackConfig stack, Engine engine, Ticker ticker) {
    MintedProofs mint = new MintedProofs(engine.echoMint());
    return EdhocStages.of(
        server, stack.engine().amplification().enabled(), mint::reachability, ticker);
  }

  /** Only a connection keeps an order that can be asked for (RFC 8613, Section 7.4). */
  private static ServerSecurity onCarriage(Carriage carriage, ServerSecurity server) {
    ServerSecurity ordered = carriage.isReliable() ? server : server.withOrder(RequestOrder.WINDOW);
    return withObservers(ordered, carriage.config().engine().amplification());
  }

  /**
   * Where amplification is not limited no Echo proves an address, so that none can be asked for.
   */
  private static ServerSecurity withObservers(ServerSecurity server, AmplificationPolicy policy) {
    return policy.enabled() ? server : server.withInsecureObserveUnproven(true);
  }
}
