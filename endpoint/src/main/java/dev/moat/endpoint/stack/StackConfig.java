package dev.moat.endpoint.stack;

import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.engine.EngineConfig;
import dev.moat.engine.TokenSource;
import dev.moat.engine.block.ServerBlockwiseConfig;
import dev.moat.engine.client.ClientBlockwiseConfig;
import dev.moat.engine.client.RequestTagging;
import dev.moat.engine.freshness.ClientEchoConfig;
import dev.moat.engine.freshness.FreshnessConfig;
import dev.moat.engine.resource.PolicyConfig;
import dev.moat.engine.stream.ConnectionRules;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Everything a stack can be told. Immutable; one configuration may serve many stacks. The defaults
 * have every remedy on.
 *
 * @param engine the message layer
 * @param policies how the resources' policies are read
 * @param freshness how the server demands freshness
 * @param serverBlocks how the server does block-wise transfers
 * @param clientEcho how the client deals with challenges
 * @param clientBlocks how the client does block-wise transfers
 * @param insecureUnconfirmedRequests true lets the client send unsafe requests in non-confirmable
 *     messages
 * @param offload where handlers run; empty: on the event loop, where they must not block
 * @param oscore empty: messages with the OSCORE option are refused, as RFC 7252 demands of who does
 *     not implement it
 * @param connections how connections are kept; means nothing over datagrams
 */
public record StackConfig(
    EngineConfig engine,
    PolicyConfig policies,
    FreshnessConfig freshness,
    ServerBlockwiseConfig serverBlocks,
    ClientEchoConfig clientEcho,
    ClientBlockwiseConfig clientBlocks,
    boolean insecureUnconfirmedRequests,
    Optional<Executor> offload,
    Optional<OscoreConfig> oscore,
    ConnectionRules connections) {

  /** Every remedy on, handlers on the event loop. */
  public static StackConfig defaults() {
    return new StackConfig(
        EngineConfig.defaults(),
        PolicyConfig.defaults(),
        FreshnessConfig.defaults(),
        ServerBlockwiseConfig.defaults(),
        ClientEchoConfig.defaults(),
        ClientBlockwiseConfig.defaults(),
        false,
        Optional.empty(),
        Optional.empty(),
        ConnectionRules.defaults());
  }

  /** The message layer; options for which there is a stage are handed on. */
  EngineConfig messages() {
    if (oscore.isEmpty()) {
      return engine;
    }
    boolean combined = oscore.get().edhoc().map(EdhocServer::takesCombined).orElse(false);
    return combined ? engine.withOscore().withEdhoc() : engine.withOscore();
  }

  /** This with another message layer. */
  public StackConfig withEngine(EngineConfig other) {
    return new StackConfig(
        other,
        policies,
        freshness,
        serverBlocks,
        clientEcho,
        clientBlocks,
        insecureUnconfirmedRequests,
        offload,
        oscore,
        connections);
  }

  /** This with another reading of the resources' policies. */
  public StackConfig withPolicies(PolicyConfig other) {
    return new StackConfig(
        engine,
        other,
        freshness,
        serverBlocks,
        clientEcho,
        clientBlocks,
        insecureUnconfirmedRequests,
        offload,
        oscore,
        connections);
  }

  /** This with other rules for freshness. */
  public StackConfig withFreshness(FreshnessConfig other) {
    return new StackConfig(
        engine,
        policies,
        other,
        serverBlocks,
        clientEcho,
        clientBlocks,
        insecureUnconfirmedRequests,
        offload,
        oscore,
        connections);
  }

  /** This with other block-wise transfers of the server. */
  public StackConfig withServerBlocks(ServerBlockwiseConfig other) {
    return new StackConfig(
        engine,
        policies,
        freshness,
        other,
        clientEcho,
        clientBlocks,
        insecureUnconfirmedRequests,
        offload,
        oscore,
        connections);
  }

  /** This with another answer of the client to challenges. */
  public StackConfig withClientEcho(ClientEchoConfig other) {
    return new StackConfig(
        engine,
        policies,
        freshness,
        serverBlocks,
        other,
        clientBlocks,
        insecureUnconfirmedRequests,
        offload,
        oscore,
        connections);
  }

  /** This with other block-wise transfers of the client. */
  public StackConfig withClientBlocks(ClientBlockwiseConfig other) {
    return new StackConfig(
        engine,
        policies,
        freshness,
        serverBlocks,
        clientEcho,
        other,
        insecureUnconfirmedRequests,
        offload,
        oscore,
        connections);
  }

  /** This with handlers that run on {@code executor} and may block; its queue should be bounded. */
  public StackConfig withOffload(Executor executor) {
    return new StackConfig(
        engine,
        policies,
        freshness,
        serverBlocks,
        clientEcho,
        clientBlocks,
        insecureUnconfirmedRequests,
        Optional.of(executor),
        oscore,
        connections);
  }

  /**
   * This with OSCORE: requests of others are verified, and requests of ours that say so are
   * protected.
   */
  public StackConfig withOscore(OscoreConfig security) {
    return new StackConfig(
        engine,
        policies,
        freshness,
        serverBlocks,
        clientEcho,
        clientBlocks,
        insecureUnconfirmedRequests,
        offload,
        Optional.of(security),
        connections);
  }

  /** This with other rules for connections. */
  public StackConfig withConnections(ConnectionRules rules) {
    return new StackConfig(
        engine,
        policies,
        freshness,
        serverBlocks,
        clientEcho,
        clientBlocks,
        insecureUnconfirmedRequests,
        offload,
        oscore,
        rules);
  }

  // The remedies one by one, as a laboratory switches them.

  /** This with another choice of tokens (RFC 9175, Section 4.2). */
  public StackConfig withTokens(TokenSource.Factory tokens) {
    return withEngine(engine.withTokens(tokens));
  }

  /**
   * With or without Echo: the server's demand for freshness and the client's answer to it (RFC
   * 9175, Section 2).
   */
  public StackConfig withEchoFreshness(boolean on) {
    return withFreshness(freshness.withInsecureOff(!on))
        .withClientEcho(clientEcho.withInsecureOff(!on));
  }

  /** With one freshness window for all resources. */
  public StackConfig withFreshnessWindow(Duration window) {
    return withFreshness(freshness.withWindow(window));
  }

  /** With or without Request-Tag, on both sides (RFC 9175, Section 3). */
  public StackConfig withRequestTag(boolean on) {
    return withServerBlocks(serverBlocks.withInsecureIgnoreRequestTag(!on))
        .withClientBlocks(
            clientBlocks.withTagging(on ? RequestTagging.ALWAYS : RequestTagging.INSECURE_NEVER));
  }

  /** With or without the rule that unsafe requests are confirmable, on both sides. */
  public StackConfig withConfirmableActuators(boolean on) {
    StackConfig server = withPolicies(policies.withInsecureUnconfirmedActuators(!on));
    return new StackConfig(
        engine,
        server.policies,
        freshness,
        serverBlocks,
        clientEcho,
        clientBlocks,
        !on,
        offload,
        oscore,
        connections);
  }

  /** With or without the demand for security on every resource, whatever its own policy says. */
  public StackConfig withSecuredOnly(boolean on) {
    return withPolicies(policies.withSecuredOnly(on));
  }

  /** With or without the permission for actuators to act on unprotected requests. */
  public StackConfig withUnsecuredActuators(boolean allowed) {
    return withPolicies(policies.withInsecureUnsecuredActuators(allowed));
  }
}
