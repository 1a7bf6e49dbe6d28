package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.udp.Transport;
import dev.moat.oscore.context.SecurityContext;
import java.net.DatagramPacket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A real client that has sent the request of case "ok", Partial IV 14, and a bare socket that
 * answers it: first with the message of a case, then with the genuine response.
 */
final class ClientUnderTest implements AutoCloseable {
  private static final int FIRST_NUMBER = 0x14;
  private static final String GENUINE = "2.05 Hello World!";

  private final SecurityContext context;
  private final Loopback socket = new Loopback();
  private final CoapClient client;

  ClientUnderTest(JsonNode contexts) {
    JsonNode own = contexts.path("client");
    context =
        VectorContext.derive(
            VectorContext.parameters(
                contexts, Json.octets(own, "sender_id"), Json.octets(own, "recipient_id")),
            JdkCrypto.create(),
            FIRST_NUMBER);
    client =
        CoapClient.builder()
            .sockets(sockets -> sockets.withTransport(Transport.NIO))
            .stack(ConformStacks::impatient)
            .events(EventSink.NONE)
            .oscore(context)
            .build();
  }

  /** Compares what the client makes of {@code message} with what a case expects. */
  void judge(String expected, Bytes message, Bytes genuine, Findings findings) {
    switch (expected) {
      case "discard", "discard-or-accept" ->
          findings.same("outcome", GENUINE, ask(message, genuine));
      case "report-unprotected-error" ->
          findings.same(
              "outcome", "UNPROTECTED_ERROR " + code(message), ask(message, Bytes.empty()));
      default -> findings.same("outcome", expected, ask(message, Bytes.empty()));
    }
  }

  private static Code code(Bytes message) {
    return VectorMessage.of(message).message().code();
  }

  private String ask(Bytes first, Bytes second) {
    String uri = "coap://127.0.0.1:" + socket.port() + "/oscore/hello/1";
    CompletableFuture<Outcome> outcome =
        client
            .sendAsync(ClientRequest.of(Code.GET, uri).timeout(Duration.ofSeconds(5)))
            .toCompletableFuture();
    DatagramPacket request =
        socket.receive().orElseThrow(() -> new IllegalArgumentException("no request came"));
    answer(request, first);
    if (!second.isEmpty()) {
      answer(request, second);
    }
    return outcome
        .join()
        .fold(
            responded ->
                responded.response().code() + " " + responded.response().payload().toUtf8(),
            refused -> refused.cause().name(),
            unknown ->
                unknown.doubt()
                    + " "
                    + unknown.unprotectedError().map(e -> e.code().toString()).orElse(""));
  }

  /** The message of a vector, as an answer to this request's Message ID and token. */
  private void answer(DatagramPacket request, Bytes message) {
    VectorMessage asked = VectorMessage.of(Loopback.octets(request));
    VectorMessage told = VectorMessage.of(message);
    socket.send(told.answering(asked), request.getSocketAddress());
  }

  @Override
  public void close() {
    client.close();
    socket.close();
    context.close();
  }
}
