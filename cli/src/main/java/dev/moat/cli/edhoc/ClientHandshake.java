package dev.moat.cli.edhoc;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.HedgedRandom;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.client.EdhocClient;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A security context with one server that EDHOC establishes when the first request needs it, and
 * what became of that. Closing it, after the client, erases all keys.
 */
public final class ClientHandshake implements AutoCloseable {
  private final EdhocClientFlags flags;
  private final Told told;
  private final EdhocCredentials credentials;
  private final EdhocProfile profile;
  private final HedgedRandom random;
  private final ContextTable contexts = new ContextTable();
  private final WatchedProcedure procedure;

  private ClientHandshake(EdhocClientFlags flags, Told told, EdhocCredentials credentials) {
    this.flags = flags;
    this.told = told;
    this.credentials = credentials;
    this.profile = EdhocProfile.of(credentials);
    EdhocClientConfig config = config();
    this.random = LongTermRandom.of(credentials);
    this.procedure =
        new WatchedProcedure(
            new EdhocClient(config, random, Clock.systemUTC()::instant, this::tell));
  }

  /**
   * Prepares it, and tells of it on {@code console} what {@code verbosity} and flags ask for.
   *
   * @see #open(List, boolean, String, EdhocClientFlags, Told)
   */
  public static Optional<ClientHandshake> open(
      List<Path> files,
      boolean insecureFileMode,
      String uri,
      EdhocClientFlags flags,
      Console console,
      int verbosity) {
    return open(
        files,
        insecureFileMode,
        uri,
        flags,
        new PrintedHandshake(console, verbosity, flags.showSecrets));
  }

  /**
   * Prepares it, when the credentials for {@code uri} are some for EDHOC.
   *
   * @throws Failure when they cannot be used
   */
  public static Optional<ClientHandshake> open(
      List<Path> files, boolean insecureFileMode, String uri, EdhocClientFlags flags, Told told) {
    if (!CredentialsFiles.mentionEdhoc(files)) {
      return Optional.empty();
    }
    CredentialsFiles read = CredentialsFiles.read(files, insecureFileMode);
    if (!read.isEdhocFor(uri)) {
      return Optional.empty();
    }
    EdhocCredentials found = read.forUri(uri);
    try {
      HandshakePolicy policy =
          found
              .policy()
              .overridden(
                  PolicyNumbers.methods("--edhoc-method", flags.methods()),
                  PolicyNumbers.suites("--suites", flags.suites),
                  flags.message4);
      return Optional.of(new ClientHandshake(flags, told, found.with(policy)));
    } catch (RuntimeException e) {
      found.close();
      throw e;
    }
  }

  private EdhocClientConfig config() {
    ContextRules rules = ContextRules.inMemory(credentials.primitives().symmetric());
    try {
      EdhocClientConfig.Builder builder =
          flags.isReverse()
              ? EdhocClientConfig.reverse(profile.settings(Role.RESPONDER), rules)
              : EdhocClientConfig.forward(
                  profile.settings(Role.INITIATOR), rules, profile.method());
      if (!flags.noCombined && profile.combined().orElse(true)) {
        builder.combined();
      }
      return builder
          .path(flags.path)
          .impatient()
          .ids(new RecipientIds(contexts))
          .sessions(this::tell)
          .build();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "Choose other --suites.");
    }
  }

  private void tell(Event event) {
    if (event instanceof HandshakeEvent handshake && !(event instanceof HandshakeEvent.Completed)) {
      told.event(handshake);
    }
  }

  /** Called on the event loop, with a session that is closed here. */
  private void tell(Peer peer, EdhocSession session) {
    try (session) {
      told.completed(new SessionReport(peer, session, own(session), false));
    }
  }

  private Optional<IdCred> own(EdhocSession session) {
    return credentials.identities().stream()
        .filter(one -> one.credential().encoded().equals(session.ownCredential()))
        .map(OwnIdentity::idCred)
        .findFirst();
  }

  /** Where requests get their security context from. */
  public ContextOnDemand context() {
    return new ContextOnDemand(procedure);
  }

  /**
   * Why there is no response: the handshake came to nothing, or the server refuses message_3 in the
   * first request, or someone says so. Empty when that has nothing to do with EDHOC.
   */
  public Optional<Failure> failure(String server, Outcome outcome) {
    if (outcome instanceof Outcome.Responded) {
      return Optional.empty();
    }
    Optional<Failure> ended = procedure.failure().map(why -> HandshakeAdvice.failure(server, why));
    return ended.or(
        () ->
            outcome instanceof Outcome.Unknown unknown
                ? unknown.unprotectedError().flatMap(error -> combined(server, error))
                : Optional.empty());
  }

  private static Optional<Failure> combined(String server, Response error) {
    if (EdhocMessages.isError(error)) {
      return Optional.of(HandshakeAdvice.refused(server, error.payload()));
    }
    return error.code().equals(Code.BAD_OPTION)
        ? Optional.of(HandshakeAdvice.notCombined(server))
        : Optional.empty();
  }

  /** The messages of EDHOC in order, as they were sent and accepted. */
  List<SeenMessage> messages() {
    return procedure.messages();
  }

  @Override
  public void close() {
    contexts.all().forEach(SecurityContext::close);
    random.close();
    profile.close();
    credentials.close();
  }
}
