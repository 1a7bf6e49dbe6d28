package dev.moat.cli.edhoc;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.coap.service.Peer;
import dev.moat.crypto.HedgedRandom;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.AmplificationPolicy;
import java.util.Optional;

/**
 * Has a server take part in EDHOC, and prints a line for each session. Closing it, after the
 * server, erases the keys.
 */
public final class EdhocServing implements AutoCloseable {
  private final EdhocServerFlags flags;
  private final Console console;
  private final EdhocCredentials credentials;
  private final EdhocProfile profile;
  private final HedgedRandom random;
  private final EdhocServerConfig config;

  private EdhocServing(EdhocServerFlags flags, Console console, EdhocCredentials credentials) {
    this.flags = flags;
    this.console = console;
    this.credentials = credentials;
    this.profile = EdhocProfile.of(credentials);
    this.config = config();
    this.random = LongTermRandom.of(credentials);
  }

  /**
   * Reads what the flags name.
   *
   * @throws Failure when that cannot be used
   */
  static EdhocServing open(EdhocServerFlags flags, Console console, boolean insecureFileMode) {
    EdhocCredentials read = CredentialsFiles.read(flags.files, insecureFileMode).all();
    try {
      HandshakePolicy policy =
          read.policy()
              .overridden(
                  PolicyNumbers.methods("--methods", flags.methods),
                  PolicyNumbers.suites("--suites", flags.suites),
                  flags.message4);
      return new EdhocServing(flags, console, read.with(policy));
    } catch (RuntimeException e) {
      read.close();
      throw e;
    }
  }

  private EdhocServerConfig config() {
    ContextRules rules = ContextRules.inMemory(credentials.primitives().symmetric());
    try {
      EdhocServerConfig.Builder builder =
          EdhocServerConfig.builder(profile.settings(Role.RESPONDER), rules)
              .paths(flags.paths())
              .sessions(this::tell);
      if (flags.insecureNoEcho) {
        builder.guard(GuardPolicy.defaults().withProof(GuardPolicy.Proof.INSECURE_NEVER));
      }
      if (flags.reverse) {
        builder.reverse(profile.method(), profile.settings(Role.INITIATOR));
      }
      return profile.combined().orElse(true) ? builder.build() : builder.withoutCombined().build();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "Choose other --suites.");
    }
  }

  /** Called on the event loop, with a session that is closed here. */
  private void tell(Peer peer, EdhocSession session) {
    try (session) {
      SessionReport report = new SessionReport(peer, session, Optional.empty(), true);
      console.result(report.line());
      if (flags.showSecrets) {
        report.secrets().forEach(console::result);
      }
    }
  }

  /** Adds the resources to {@code server}, which has its table of contexts already. */
  public void addTo(CoapServer.Builder server) {
    server.edhoc(config).random(random);
    if (flags.insecureNoEcho) {
      server.stack(
          stack -> stack.withEngine(stack.engine().withAmplification(AmplificationPolicy.off())));
    }
  }

  /** Where clients begin, for the line that says what a server is. */
  public String words() {
    return "EDHOC at "
        + String.join(" and ", flags.paths())
        + (flags.reverse ? ", both flows" : "")
        + (flags.insecureNoEcho ? ", INSECURE: asks nobody for an Echo" : "");
  }

  @Override
  public void close() {
    random.close();
    profile.close();
    credentials.close();
  }
}
