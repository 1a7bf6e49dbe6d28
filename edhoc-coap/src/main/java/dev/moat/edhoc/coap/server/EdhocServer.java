package dev.moat.edhoc.coap.server;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Ticker;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.engine.resource.OptOut;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextTable;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * EDHOC at a server: the resources, the stages of the pipeline, and the state that all event loops
 * share. What comes of the handshakes are security contexts in the server's table.
 */
public final class EdhocServer implements AutoCloseable {
  private static final String MOVES_NOTHING =
      "a handshake moves nothing, and protects itself against replay";
  private static final String GIVES_SECURITY = "clients come here without security to get it";

  private final EdhocServerConfig config;
  private final RecipientIds ids;
  private final FreshHandshakes fresh;
  private final Handshakes handshakes;

  /**
   * No handshake is under way.
   *
   * @param ids with the table by which the server verifies requests
   * @param random for keys and identifiers; used by all event loops
   * @param wallClock the time by which credentials are valid or not
   */
  public EdhocServer(
      EdhocServerConfig config,
      RecipientIds ids,
      RandomSource random,
      Supplier<Instant> wallClock,
      EventSink events) {
    this.config = config;
    this.ids = ids;
    PeerContexts contexts = new PeerContexts(ids.contexts(), config.contextsPerPeer());
    this.fresh = new FreshHandshakes(contexts::confirmed);
    Desk desk = new Desk(config, random, wallClock, contexts, fresh, events);
    this.handshakes = new Handshakes(desk, ids);
  }

  /** One resource for each configured path. */
  public List<Resource> resources() {
    return config.paths().stream().map(this::resource).toList();
  }

  private Resource resource(String path) {
    Resource plain =
        Resource.at(path)
            .on(Code.POST, new EdhocResource(handshakes))
            .notAnActuator(MOVES_NOTHING)
            .establishesSecurity(GIVES_SECURITY);
    return Links.describe(plain, config);
  }

  /** True for what every EDHOC resource gives up, which was no decision of the operator's. */
  public static boolean isInherent(OptOut optOut) {
    return optOut.reason().equals(MOVES_NOTHING) || optOut.reason().equals(GIVES_SECURITY);
  }

  /** True when it takes combined requests, and needs the stage and the option for them. */
  public boolean takesCombined() {
    return config.combined();
  }

  /** Stands behind outer block-wise and before the verification (RFC 9668, Section 3.3). */
  public Filter<Request, Reply> combinedRequests() {
    return new CombinedRequests(handshakes);
  }

  /** Stands behind the verification and before the stage that demands freshness. */
  public Filter<Request, Reply> freshHandshakes() {
    return fresh;
  }

  /** Stands outside of the assembly of blocks, on the event loop that owns {@code mint}. */
  public Filter<Request, Reply> reachability(Reachability.Mint mint, Ticker ticker) {
    return new Reachability(mint, ticker, config.paths());
  }

  /** The contexts by which the server verifies requests. */
  public ContextTable contexts() {
    return ids.contexts();
  }

  /** How many handshakes have begun and not ended. */
  public int halfOpen() {
    return handshakes.table().halfOpen();
  }

  /** How many octets of messages of handshakes are kept. */
  public int lengthOctets() {
    return handshakes.table().lengthOctets();
  }

  /** Ends the handshakes under way; security contexts stay. */
  @Override
  public void close() {
    handshakes.table().close();
  }
}
