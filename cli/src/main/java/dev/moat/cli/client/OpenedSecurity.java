package dev.moat.cli.client;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.edhoc.ClientHandshake;
import dev.moat.cli.oscore.OpenedContexts;
import dev.moat.cli.oscore.Protection;
import dev.moat.cli.tls.OpenedCredentials;
import dev.moat.cli.tls.TlsClientFlags;
import dev.moat.coap.service.Outcome;
import dev.moat.endpoint.credentials.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What protects the requests of one command, ready for use. Closing it erases keys. */
final class OpenedSecurity implements AutoCloseable {
  private final Optional<OpenedContexts> contexts;
  private final Optional<ClientHandshake> handshake;
  private final Optional<Protection> protection;
  private final OpenedCredentials credentials;

  private OpenedSecurity(
      OpenedCredentials credentials,
      Optional<OpenedContexts> contexts,
      Optional<ClientHandshake> handshake) {
    this.credentials = credentials;
    this.contexts = contexts;
    this.handshake = handshake;
    this.protection =
        handshake
            .<Protection>map(one -> new Protection.Agreed(one.context()))
            .or(() -> contexts.flatMap(OpenedContexts::protection));
  }

  /**
   * Opens what the flags name for the URI of {@code target}.
   *
   * @throws Failure when it cannot be used
   */
  static OpenedSecurity of(
      SecurityFlags flags, TransportFlags transport, Target target, Console console) {
    keepFromProxy(flags, transport, target);
    OpenedCredentials credentials =
        flags.tls.open(
            target.uri(),
            target.destination().uri(),
            flags.oscore.credentials(),
            flags.oscore.insecureFileMode(),
            console);
    try {
      return TlsClientFlags.areForTls(target.uri(), flags.oscore.credentials())
          ? new OpenedSecurity(credentials, Optional.empty(), Optional.empty())
          : of(flags, transport, target, console, credentials);
    } catch (RuntimeException e) {
      credentials.close();
      throw e;
    }
  }

  /** A proxy is somebody else: what is for the origin server is not tried on it. */
  private static void keepFromProxy(SecurityFlags flags, TransportFlags transport, Target target) {
    if (transport.proxy != null
        && TlsClientFlags.areForTls(target.uri(), flags.oscore.credentials())) {
      throw Failure.usage(
          "the credentials for "
              + target.uri()
              + " are for DTLS or TLS with that server, and -P has the handshake with "
              + target.origin(),
          "Nothing was sent. Give the proxy's credentials with -u and -k, -c, or -C; only OSCORE"
              + " protects a request up to the origin server.");
    }
  }

  private static OpenedSecurity of(
      SecurityFlags flags,
      TransportFlags transport,
      Target target,
      Console console,
      OpenedCredentials credentials) {
    Optional<ClientHandshake> handshake = handshake(flags, transport, target, console);
    if (handshake.isPresent()) {
      return new OpenedSecurity(credentials, Optional.empty(), handshake);
    }
    if (!flags.edhoc.given().isEmpty()) {
      throw Failure.usage(
          flags.edhoc.given().get(0) + " concerns EDHOC, but the credentials are not for it",
          "Leave it out, or give credentials of the kind edhoc-oscore.");
    }
    return new OpenedSecurity(
        credentials, Optional.of(flags.oscore.openFor(target.uri(), console)), Optional.empty());
  }

  private static Optional<ClientHandshake> handshake(
      SecurityFlags flags, TransportFlags transport, Target target, Console console) {
    List<Path> files = flags.oscore.credentials();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Optional<ClientHandshake> handshake =
        ClientHandshake.open(
            files,
            flags.oscore.insecureFileMode(),
            target.uri(),
            flags.edhoc,
            console,
            transport.verbosity);
    if (handshake.isPresent() && transport.proxy != null) {
      handshake.get().close();
      throw Failure.usage(
          "EDHOC through a proxy is not supported", "Ask the origin server, without -P.");
    }
    return handshake;
  }

  /** What a DTLS or TLS handshake needs; nothing for schemes without security. */
  Credentials credentials() {
    return credentials.credentials();
  }

  /** What protects requests; empty when nothing was asked for. */
  Optional<Protection> protection() {
    return protection;
  }

  /** Why {@code outcome} is none: a handshake that came to nothing. */
  Optional<Failure> failure(Outcome outcome, Target target) {
    return handshake.flatMap(one -> one.failure(target.origin(), outcome));
  }

  @Override
  public void close() {
    handshake.ifPresent(ClientHandshake::close);
    contexts.ifPresent(OpenedContexts::close);
    credentials.close();
  }
}
