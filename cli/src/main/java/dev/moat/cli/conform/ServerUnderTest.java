package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A real server with one context and one protected resource, and a bare socket that asks it. */
final class ServerUnderTest implements AutoCloseable {
  private final JsonNode contexts;
  private final SecurityContext context;
  private final CoapServer server;
  private final Loopback socket = new Loopback();

  ServerUnderTest(JsonNode contexts) {
    this.contexts = contexts;
    context = derive("server", 0);
    server =
        CoapServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .events(EventSink.NONE)
            .oscore(context)
            .resource(
                Resource.at("/oscore/hello/1")
                    .get(request -> Response.text(Code.CONTENT, "Hello World!"))
                    .securedOnly())
            .start();
  }

  private SecurityContext derive(String role, long first) {
    JsonNode own = contexts.path(role);
    return VectorContext.derive(
        VectorContext.parameters(
            contexts, Json.octets(own, "sender_id"), Json.octets(own, "recipient_id")),
        JdkCrypto.create(),
        first);
  }

  /** Sends a message with another Message ID, and waits for the answer. */
  Optional<VectorMessage> send(Bytes octets, int messageId) {
    byte[] sent = octets.toArray();
    sent[3] += (byte) messageId;
    socket.send(
        Bytes.owned(sent), new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return socket.receive().map(Loopback::octets).map(VectorMessage::of);
  }

  /** Compares an answer with what a case expects. */
  void judge(String expected, Bytes request, VectorMessage answer, Findings findings) {
    boolean isProtected = answer.message().options().has(OptionNumber.OSCORE);
    switch (expected) {
      case "2.05-protected" ->
          findings.same("response", "2.05 Hello World!", inner(request, answer));
      case "protected-response" -> findings.same("protected", true, isProtected);
      case "4.00-protected-or-not" ->
          findings.same(
              "response",
              "4.00",
              isProtected ? inner(request, answer).substring(0, 4) : code(answer));
      default -> {
        findings.same("code", expected, code(answer));
        findings.same("protected", false, isProtected);
      }
    }
  }

  private static String code(VectorMessage answer) {
    return answer.message().code().toString();
  }

  /** What the client reads in a protected answer to its request. */
  private String inner(Bytes request, VectorMessage answer) {
    Request outer = VectorMessage.of(request).request();
    try (Protector protector = new Protector(JdkCrypto.create())) {
      Bytes value = outer.options().first(OptionNumber.OSCORE).orElseThrow();
      long number = VectorContext.number(OscoreOption.decode(value).partialIv());
      try (SecurityContext client = derive("client", number)) {
        Request any = Request.to(FlowStep.PEER, Code.GET, "/oscore/hello/1");
        Response inner =
            protector
                .unprotectResponse(
                    protector.protectRequest(client, any).binding(), answer.response())
                .inner();
        return inner.code() + " " + inner.payload().toUtf8();
      }
    } catch (OscoreException e) {
      return "no response that verifies: " + e.reason();
    }
  }

  @Override
  public void close() {
    socket.close();
    server.close();
    context.close();
  }
}
