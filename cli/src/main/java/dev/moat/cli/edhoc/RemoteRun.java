package dev.moat.cli.edhoc;

import dev.moat.cli.console.Failure;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.coap.uri.UriFormatException;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.udp.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A handshake with a server, and one request under what it gave. */
final class RemoteRun implements Told {
  private static final long PATIENCE_SECONDS = 90;

  private final CoapUri target;
  private final EdhocClientFlags flags;
  private final AtomicReference<@Nullable Agreement> agreement = new AtomicReference<>();

  /**
   * With a server.
   *
   * @throws IllegalArgumentException when {@code uri} is none that can be asked
   */
  RemoteRun(String uri, EdhocClientFlags flags) {
    this.target = target(uri);
    this.flags = flags;
  }

  private static CoapUri target(String uri) {
    try {
      CoapUri parsed = CoapUri.parse(uri);
      if (parsed.scheme() != Scheme.COAP) {
        throw new IllegalArgumentException("'" + uri + "' is no URI that begins with coap://");
      }
      return parsed.path().isEmpty()
          ? new CoapUri(
              parsed.scheme(),
              parsed.host(),
              parsed.port(),
              List.of(".well-known", "core"),
              parsed.query())
          : parsed;
    } catch (UriFormatException e) {
      throw new IllegalArgumentException("'" + uri + "': " + e.getMessage(), e);
    }
  }

  /**
   * What a run was.
   *
   * @param messages the messages in order
   * @param agreement what both sides agree on
   * @param uri what was asked for then
   * @param response what came, under OSCORE
   */
  record Report(List<SeenMessage> messages, Agreement agreement, String uri, Response response) {}

  /**
   * Runs it.
   *
   * @throws Failure when it comes to nothing
   */
  Report run(List<Path> files, boolean insecureFileMode) {
    try (ClientHandshake handshake = open(files, insecureFileMode);
        CoapClient client = client()) {
      var late = new CompletableFuture<Boolean>();
      var unused =
          late.completeOnTimeout(true, PATIENCE_SECONDS, TimeUnit.SECONDS).thenRun(client::close);
      Outcome outcome =
          client.send(ClientRequest.of(Code.GET, target.toString()).securedBy(handshake.context()));
      boolean unusedAnswer = late.cancel(false);
      return report(handshake, outcome);
    }
  }

  private ClientHandshake open(List<Path> files, boolean insecureFileMode) {
    return ClientHandshake.open(files, insecureFileMode, target.toString(), flags, this)
        .orElseThrow(
            () ->
                Failure.usage(
                    "the credentials are not for EDHOC",
                    "Give those that 'moat keygen' wrote, by --credentials."));
  }

  private static CoapClient client() {
    return CoapClient.builder()
        .sockets(sockets -> sockets.withTransport(Transport.NIO))
        .events(event -> {})
        .build();
  }

  private Report report(ClientHandshake handshake, Outcome outcome) {
    String server = "coap://" + target.host() + ":" + target.port();
    Agreement agreed = agreement.get();
    if (agreed != null && outcome instanceof Outcome.Responded responded) {
      return new Report(handshake.messages(), agreed, target.toString(), responded.response());
    }
    Optional<Failure> why = handshake.failure(server, outcome);
    throw why.orElseGet(
        () ->
            new Failure(
                "EDHOC with " + server + " is complete, but no response verified under its keys",
                "Repeat it; look at the server's log."));
  }

  @Override
  public void completed(SessionReport report) {
    agreement.set(Agreement.of(report, flags.showSecrets));
  }

  @Override
  public void event(HandshakeEvent event) {
    // The failure at the end tells what matters.
  }
}
