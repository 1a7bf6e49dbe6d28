package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** oscore-negative.json, each case to the outcome that it names. */
class NegativeVectorsTest {
  private static final Map<String, Case> CASES =
      Vectors.load("oscore-negative.json", Case::of).stream()
          .collect(Collectors.toMap(Case::id, Function.identity()));

  private static final int PARTIAL_IV_OF_OK = 0x14;

  private final ServerRig server = new ServerRig(derived("01", "02", 0));

  static Stream<Case> serverCases() {
    return CASES.values().stream().filter(c -> c.role().equals("server"));
  }

  static Stream<Case> clientCases() {
    return CASES.values().stream().filter(c -> c.role().equals("client"));
  }

  @ParameterizedTest
  @MethodSource("serverCases")
  void servesOrRefuses(Case vector) throws MessageFormatException {
    boolean second = vector.id().equals("replay");
    if (second) {
      assertThat(server.answer(request(CASES.get("ok"))).code()).isEqualTo(Code.CHANGED);
    }
    int executed = server.executed.size();

    Response answer = server.answer(request(vector));

    boolean isProtected = answer.options().has(OptionNumber.OSCORE);
    if (vector.expected().endsWith("protected") || vector.expected().startsWith("protected")) {
      assertThat(isProtected).isTrue();
      assertThat(server.executed).hasSize(executed + 1);
      return;
    }
    assertThat(isProtected).isFalse();
    assertThat(answer.code()).hasToString(vector.expected().substring(0, 4));
    assertThat(answer.options().uint(OptionNumber.MAX_AGE)).hasValue(0);
    assertThat(server.executed).hasSize(executed);
    assertThat(answer.payload().toUtf8()).isEqualTo(diagnostic(vector));
  }

  /** RFC 8613, Sections 7.4 and 8.2. */
  private static String diagnostic(Case vector) {
    return switch (vector.expected().substring(0, 4)) {
      case "4.00" -> "Decryption failed";
      case "4.02" -> "Failed to decode COSE";
      default -> vector.id().equals("replay") ? "Replay detected" : "Security context not found";
    };
  }

  @ParameterizedTest
  @MethodSource("clientCases")
  void acceptsOrIgnores(Case vector) throws MessageFormatException {
    ClientRig client = new ClientRig();
    CompletableFuture<Outcome> call =
        client.call(Requester.get(), derived("02", "01", PARTIAL_IV_OF_OK));
    Request ok = request(CASES.get("ok"));
    assertThat(client.last().outer.options()).isEqualTo(ok.options());
    assertThat(client.last().outer.payload()).isEqualTo(ok.payload());

    ResponseGate.Verdict verdict = client.last().judged(response(vector));

    assertThat(verdict).isInstanceOfAny(allowed(vector.expected()));
    if (verdict instanceof ResponseGate.Accepted accepted) {
      assertThat(accepted.response().payload().toUtf8()).isEqualTo("Hello World!");
    }
    assertThat(call).isNotDone();
  }

  private static Class<?>[] allowed(String expected) {
    List<Class<?>> verdicts =
        switch (expected) {
          case "discard" -> List.of(ResponseGate.Ignored.class);
          case "discard-or-accept" ->
              List.of(ResponseGate.Ignored.class, ResponseGate.Accepted.class);
          case "report-unprotected-error" -> List.of(ResponseGate.Doubtful.class);
          default -> List.of(ResponseGate.Accepted.class);
        };
    return verdicts.toArray(new Class<?>[0]);
  }

  private static SecurityContext derived(String sender, String recipient, long first) {
    ContextParameters parameters =
        ContextParameters.builder(
                SecretBytes.copyOf(Bytes.hex("0102030405060708090a0b0c0d0e0f10").toArray()),
                Bytes.hex(sender),
                Bytes.hex(recipient))
            .masterSalt(Bytes.hex("9e7ca92223786340"))
            .build();
    return SecurityContext.derive(
        parameters, Contexts.CRYPTO, InsecureVolatileReservations.start(first), Provenance.FRESH);
  }

  private static Request request(Case vector) throws MessageFormatException {
    Message message = UdpCodec.decode(vector.message());
    Request request =
        new Request(
            message.code(),
            message.options(),
            message.payload(),
            Contexts.CLIENT,
            Reliability.CONFIRMABLE,
            Context.empty());
    return Contexts.arrived(request, Contexts.CLIENT, true);
  }

  private static Response response(Case vector) throws MessageFormatException {
    Message message = UdpCodec.decode(vector.message());
    return new Response(message.code(), message.options(), message.payload());
  }

  record Case(String id, String role, Bytes message, String expected) {
    static Case of(JsonNode node) {
      return new Case(
          node.path("id").asText(),
          node.path("role_under_test").asText(),
          Bytes.hex(node.path("message").asText()),
          node.path("expected").asText());
    }

    @Override
    public String toString() {
      return id;
    }
  }
}
