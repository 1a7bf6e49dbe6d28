package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cli.conform.oscore.OscorePlugtest;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.udp.Transport;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A test of the interoperability specification, run by a real client and a real server over
 * loopback. A tap between the two shows what is on the wire.
 */
final class InteropSpecCase implements CaseRunner {
  private static final List<Code> METHODS =
      List.of(Code.GET, Code.POST, Code.PUT, Code.DELETE, Code.FETCH, Code.PATCH, Code.IPATCH);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final OscorePlugtest plugtest;

  /** The cases of a file. */
  InteropSpecCase(JsonNode root) {
    this.plugtest = new OscorePlugtest(root);
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    List<SecurityContext> contexts = plugtest.serverContexts();
    CoapServer.Builder builder =
        CoapServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .events(EventSink.NONE)
            .oscore(contexts.toArray(SecurityContext[]::new));
    try (CoapServer server = builder.start();
        Tap tap = new Tap(server.port())) {
      plugtest.addTo(server.router(), (delay, action) -> later(timer, delay, action));
      run(testCase, tap, findings);
    } catch (IOException e) {
      findings.problem("no socket: " + e.getMessage());
    } finally {
      List<Runnable> unused = timer.shutdownNow();
      contexts.forEach(SecurityContext::close);
    }
  }

  private static void later(ScheduledExecutorService timer, Duration delay, Runnable action) {
    var unused = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run(JsonNode testCase, Tap tap, Findings findings) {
    CoapClient.Builder builder =
        CoapClient.builder()
            .sockets(sockets -> sockets.withTransport(Transport.NIO))
            .stack(ConformStacks::impatient)
            .events(EventSink.NONE);
    Optional<SecurityContext> context = clientContext(testCase.path("client_context"));
    context.ifPresent(builder::oscore);
    try (CoapClient client = builder.build()) {
      Outcome outcome = client.send(request(testCase.path("request_inner"), tap.port()));
      InteropOutcome told = new InteropOutcome(outcome, findings);
      told.compareInner(testCase.path("response_inner"), context.isPresent());
      InteropOutcome.compareOuter("request_outer", testCase, tap.first(true), findings);
      InteropOutcome.compareOuter("response_outer", testCase, tap.first(false), findings);
    } finally {
      context.ifPresent(SecurityContext::close);
    }
  }

  /** A name, perhaps "with other Sender ID" or "with other Sender Key"; null for none. */
  private Optional<SecurityContext> clientContext(JsonNode stated) {
    if (!stated.isTextual()) {
      return Optional.empty();
    }
    String[] words = stated.asText().split(" with other ", 2);
    ContextParameters parameters = plugtest.parameters(words[0]);
    if (words.length == 1) {
      return Optional.of(OscorePlugtest.context(parameters));
    }
    try (parameters) {
      return Optional.of(OscorePlugtest.context(changed(parameters, words[1])));
    }
  }

  private static ContextParameters changed(ContextParameters parameters, String what) {
    return switch (what) {
      case "Sender ID" -> with(parameters, parameters.masterSecret(), Bytes.utf8("spam"));
      case "Sender Key" -> {
        try (SecretBytes other = SecretBytes.copyOf(new byte[parameters.masterSecret().length()])) {
          yield with(parameters, other, parameters.senderId());
        }
      }
      default -> throw new IllegalArgumentException("context with other " + what);
    };
  }

  private static ContextParameters with(
      ContextParameters parameters, SecretBytes secret, Bytes senderId) {
    ContextParameters.Builder builder =
        ContextParameters.builder(secret, senderId, parameters.recipientId())
            .masterSalt(parameters.masterSalt());
    parameters.idContext().ifPresent(builder::idContext);
    return builder.build();
  }

  private static ClientRequest request(JsonNode stated, int port) {
    Code method =
        METHODS.stream()
            .filter(code -> code.title().equals(Json.text(stated, "code")))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no method " + stated.path("code")));
    ClientRequest request =
        ClientRequest.of(method, "coap://127.0.0.1:" + port + Json.text(stated, "uri_path"))
            .timeout(TIMEOUT);
    request = uint(request, stated, "accept", OptionNumber.ACCEPT);
    request = uint(request, stated, "observe", OptionNumber.OBSERVE);
    request = uint(request, stated, "content_format", OptionNumber.CONTENT_FORMAT);
    Optional<Bytes> ifMatch = Json.optional(stated, "if_match");
    if (ifMatch.isPresent()) {
      request = request.with(new Option(OptionNumber.IF_MATCH, ifMatch.get()));
    }
    Optional<Bytes> payload = Json.optional(stated, "payload");
    return payload.isPresent() ? request.payload(payload.get()) : request;
  }

  private static ClientRequest uint(
      ClientRequest request, JsonNode stated, String member, int option) {
    return stated.path(member).isInt()
        ? request.with(Option.uint(option, stated.path(member).asLong()))
        : request;
  }
}
