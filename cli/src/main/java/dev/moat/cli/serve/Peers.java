package dev.moat.cli.serve;

import dev.moat.cli.console.Failure;
import dev.moat.cli.edhoc.EdhocServing;
import dev.moat.cli.oscore.OpenedContexts;
import dev.moat.crypto.Crypto;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rederive.RederivationServer;
import dev.moat.oscore.rekey.FreshContexts;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Whom a server serves under OSCORE. What is in here stays the caller's to close, save contexts
 * that are derived.
 *
 * @param contexts of peers that share one with the server
 * @param deriving of peers that derive one when they need it (RFC 8613, Appendix B.2)
 * @param table those in use, of whatever origin
 * @param edhoc for peers that establish one by EDHOC (RFC 9528)
 */
record Peers(
    List<SecurityContext> contexts,
    List<ContextParameters> deriving,
    ContextTable table,
    Optional<EdhocServing> edhoc) {
  /** Peers with a context. */
  static Peers of(List<SecurityContext> contexts) {
    return new Peers(contexts, List.of(), new ContextTable(), Optional.empty());
  }

  /** Those of a configuration. */
  static Peers of(OpenedContexts opened) {
    return new Peers(opened.all(), opened.deriving(), new ContextTable(), Optional.empty());
  }

  /** These, and those who come by EDHOC. */
  Peers with(Optional<EdhocServing> serving) {
    return new Peers(contexts, deriving, table, serving);
  }

  /** How many are known before they come. */
  int size() {
    return contexts.size() + deriving.size();
  }

  /** Has {@code server} serve them. */
  void addTo(CoapServer.Builder server) {
    if (size() == 0 && edhoc.isEmpty()) {
      return;
    }
    OscoreConfig config = OscoreConfig.of(table);
    try {
      contexts.forEach(table::add);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          "the security contexts cannot be told apart: " + e.getMessage(),
          "Give each peer another recipient_id, or another id_context.",
          e);
    }
    OscoreConfig complete =
        deriving.isEmpty() ? config : config.withRederivation(rederivation(config.crypto()));
    server.contexts(table).stack(stack -> stack.withOscore(complete));
    edhoc.ifPresent(serving -> serving.addTo(server));
  }

  /** Contexts are recorded nowhere: after a restart, the peers derive others. */
  private RederivationServer rederivation(Crypto crypto) {
    RederivationServer server =
        new RederivationServer(
            table, crypto, new SecureRandom()::nextBytes, FreshContexts.inMemory(crypto));
    deriving.forEach(server::serve);
    return server;
  }

  /** Erases the keys that were derived or established; to be called when the server has ended. */
  void closeDerived() {
    table.all().stream()
        .filter(context -> !contexts.contains(context))
        .forEach(SecurityContext::close);
  }
}
