package dev.moat.endpoint.stack;

import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.filter.ServerSecurity;
import dev.moat.oscore.kudos.KudosServer;
import dev.moat.oscore.rederive.RederivationServer;
import java.util.Optional;

/**
 * How a stack does OSCORE (RFC 8613). Immutable; the contexts and the primitives may be shared by
 * many stacks, each of which keeps keyed ciphers of its own.
 *
 * @param server the contexts by which requests are verified, and how they are answered
 * @param crypto the primitives
 * @param maxUnfragmentedOctets the longest protected message that is put together from outer
 *     blocks, before anyone can verify it: MAX_UNFRAGMENTED_SIZE (Section 4.1.3.4.2)
 * @param rederivation which clients may derive contexts anew (Appendix B.2); it changes the table
 *     of {@code server}
 * @param kudos which clients may update keys, experimentally; it changes the same table
 * @param edhoc where clients establish contexts by EDHOC (RFC 9528); it changes the same table
 */
public record OscoreConfig(
    ServerSecurity server,
    Crypto crypto,
    int maxUnfragmentedOctets,
    Optional<RederivationServer> rederivation,
    Optional<KudosServer> kudos,
    Optional<EdhocServer> edhoc) {
  private static final int MAX_UNFRAGMENTED_OCTETS = 1 << 16;

  /** Checks the limit. */
  public OscoreConfig {
    if (maxUnfragmentedOctets < 1) {
      throw new IllegalArgumentException("MAX_UNFRAGMENTED_SIZE is at least 1 octet");
    }
  }

  /**
   * Verifies by {@code contexts}, with the JDK's primitives and at most 64 KiB from outer blocks.
   */
  public static OscoreConfig of(ContextTable contexts) {
    return new OscoreConfig(
        ServerSecurity.of(contexts),
        JdkCrypto.create(),
        MAX_UNFRAGMENTED_OCTETS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** No context for requests of others: for a client, whose requests name theirs. */
  public static OscoreConfig forRequestsOnly() {
    return of(new ContextTable());
  }

  /** This with other contexts for requests of others. */
  public OscoreConfig withContexts(ContextTable contexts) {
    return withServer(
        new ServerSecurity(
            contexts,
            server.silentErrors(),
            server.resyncWindowNanos(),
            server.insecureObserveUnproven(),
            server.order()));
  }

  /** This with other rules for requests of others. */
  public OscoreConfig withServer(ServerSecurity other) {
    return new OscoreConfig(other, crypto, maxUnfragmentedOctets, rederivation, kudos, edhoc);
  }

  /** This with other primitives. */
  public OscoreConfig withCrypto(Crypto other) {
    return new OscoreConfig(server, other, maxUnfragmentedOctets, rederivation, kudos, edhoc);
  }

  /** This with another MAX_UNFRAGMENTED_SIZE. */
  public OscoreConfig withMaxUnfragmentedOctets(int octets) {
    return new OscoreConfig(server, crypto, octets, rederivation, kudos, edhoc);
  }

  /** This with a server of RFC 8613, Appendix B.2, over the same table of contexts. */
  public OscoreConfig withRederivation(RederivationServer other) {
    return new OscoreConfig(
        server, crypto, maxUnfragmentedOctets, Optional.of(other), kudos, edhoc);
  }

  /** This with a server of KUDOS, which is experimental, over the same table of contexts. */
  public OscoreConfig withKudos(KudosServer other) {
    return new OscoreConfig(
        server, crypto, maxUnfragmentedOctets, rederivation, Optional.of(other), edhoc);
  }

  /** This with a server of EDHOC over the same table of contexts; its resources are apart. */
  public OscoreConfig withEdhoc(EdhocServer other) {
    return new OscoreConfig(
        server, crypto, maxUnfragmentedOctets, rederivation, kudos, Optional.of(other));
  }
}
