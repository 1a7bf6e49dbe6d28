package dev.moat.oscore.protect;

import static dev.moat.oscore.Fixture.CRYPTO;
import static dev.moat.oscore.Fixture.assertRefused;
import static dev.moat.oscore.Fixture.client;
import static dev.moat.oscore.Fixture.fresh;
import static dev.moat.oscore.Fixture.hex;
import static dev.moat.oscore.Fixture.message;
import static dev.moat.oscore.Fixture.request;
import static dev.moat.oscore.Fixture.response;
import static dev.moat.oscore.protect.Exchange.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Aead;
import dev.moat.oscore.ErrorResponses;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that must not be believed. */
class RefusalTest {
  private static final Map<String, String> CLIENT_REFUSALS =
      Map.of(
          "c-other-request-piv", "DECRYPTION_FAILED",
          "c-unprotected-401", "NOT_PROTECTED",
          "c-piv-stripped", "DECRYPTION_FAILED");

  private final Exchange exchange = new Exchange();

  @Test
  void answersTheNegativeVectorsAsTheySay() throws Exception {
    int servers = 0;
    int clients = 0;
    for (JsonNode node : Vectors.load("oscore-negative.json", node -> node)) {
      if (node.path("role_under_test").asText().equals("server")) {
        assertServer(node);
        servers++;
      } else {
        assertClient(node);
        clients++;
      }
    }
    assertThat(servers).isEqualTo(12);
    assertThat(clients).isEqualTo(5);
  }

  private static void assertServer(JsonNode node) throws OscoreException {
    Exchange exchange = new Exchange();
    Message message = message(node, "message");
    if (node.path("precondition").asText().equals("after ok")) {
      var unused = exchange.receiveFresh(request(message));
    }
    assertThat(outcome(exchange, request(message)))
        .as("%s", node)
        .isEqualTo(
            switch (node.path("expected").asText()) {
              case "2.05-protected", "protected-response" -> "fresh";
              case "4.00-protected-or-not" -> "4.00";
              default -> node.path("expected").asText();
            });
  }

  /** {@code fresh}, or the code of the unprotected error. */
  private static String outcome(Exchange exchange, Request outer) {
    try {
      Unprotected received = exchange.receive(outer);
      return received instanceof Unprotected.Fresh
          ? "fresh"
          : ErrorResponses.to(Reason.REPLAY).code().toString();
    } catch (OscoreException refused) {
      return ErrorResponses.to(refused.reason()).code().toString();
    }
  }

  private static void assertClient(JsonNode node) throws OscoreException {
    SecurityContext context = fresh(client().build(), 20);
    Protector protector = new Protector(CRYPTO);
    RequestBinding sent = protector.protectRequest(context, get()).binding();
    Response outer = response(message(node, "message"));
    String refusal = CLIENT_REFUSALS.get(node.path("id").asText());
    if (refusal == null) {
      assertThat(protector.unprotectResponse(sent, outer).inner())
          .isEqualTo(Response.text(Code.CONTENT, "Hello World!"));
    } else {
      assertRefused(Reason.valueOf(refusal), () -> protector.unprotectResponse(sent, outer));
    }
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void tellsThePeerNoMoreThanTheRfcDoes(Reason reason) {
    Response told = ErrorResponses.to(reason);
    assertThat(told.options()).isEqualTo(Options.of(Option.uint(OptionNumber.MAX_AGE, 0)));
    assertThat(told.code() + " " + told.payload().toUtf8())
        .isIn(
            "4.02 Failed to decode COSE",
            "4.01 Security context not found",
            "4.01 Replay detected",
            "4.00 Decryption failed",
            "5.00 ");
  }

  @Test
  void aRequestNeedsExactlyOneOptionWithKidAndPartialIv() throws Exception {
    Request outer = exchange.send(get()).outer();
    Request bare = outer.withOptions(Options.none());
    assertRefused(Reason.NOT_PROTECTED, () -> exchange.receive(bare));
    assertRefused(Reason.NOT_PROTECTED, () -> exchange.receive(get()));
    Request twice = outer.withOptions(outer.options().plus(oscore("090002")));
    assertRefused(Reason.REPEATED_OPTION, () -> exchange.receive(twice));
    assertRefused(Reason.MISSING_KID, () -> exchange.receive(outer.with(oscore("0100"))));
    assertRefused(Reason.MISSING_KID, () -> exchange.receive(outer.with(oscore(""))));
    assertRefused(Reason.MISSING_PARTIAL_IV, () -> exchange.receive(outer.with(oscore("0802"))));
    assertThat(exchange.receive(outer)).isInstanceOf(Unprotected.Fresh.class);
  }

  private static Option oscore(String hex) {
    return new Option(OptionNumber.OSCORE, Bytes.hex(hex));
  }

  @Test
  void oscoreWithinOscoreIsRefusedBothWays() throws Exception {
    Request nested = get().with(oscore("090002"));
    assertRefused(Reason.NESTED, () -> exchange.send(nested));
    Bytes plaintext = Bytes.hex("0193090002");
    assertRefused(Reason.NESTED, () -> exchange.receive(forged(plaintext, 40)));
  }

  @Test
  void aGenuineRequestThatIsNoMessageUsesItsPartialIvUp() throws Exception {
    List<String> unusable = new ArrayList<>(List.of("", "00", "45", "01f0", "01ff", "015261"));
    long number = 50;
    for (String plaintext : unusable) {
      Request outer = forged(Bytes.hex(plaintext), number++);
      assertRefused(Reason.BAD_PLAINTEXT, () -> exchange.receive(outer));
      assertThat(exchange.receive(outer)).isInstanceOf(Unprotected.Replay.class);
    }
    assertThat(exchange.server.usage().forgeries()).isZero();
  }

  /** What a client with the right keys and wrong ideas might send. */
  private Request forged(Bytes plaintext, long number) throws OscoreException {
    byte[] array = plaintext.plus(Bytes.owned(new byte[8])).toArray();
    byte[] nonce = new byte[13];
    exchange.client.senderNonces().write(number, nonce);
    AdditionalData aad = new AdditionalData();
    Bytes partialIv = OscoreOption.partialIv(number);
    aad.compose(
        AdditionalData.prefix(exchange.client.aead(), exchange.client.senderId()),
        partialIv,
        Options.none());
    try (Aead cipher = exchange.client.senderCipher(CRYPTO)) {
      cipher.seal(nonce, aad.aad(), aad.aadLength(), array, 0, plaintext.length());
    }
    return get()
        .withOptions(Options.of(oscore("09" + partialIv.toHex() + "02")))
        .withPayload(Bytes.owned(array));
  }

  @Test
  void aResponseWhoseCodeIsARequestsIsRefused() throws Exception {
    // The peer's request and a response to it share key and nonce, hence the AAD must tell.
    RequestBinding sent = exchange.send(get()).binding();
    byte[] array = Bytes.hex("010000000000000000").toArray();
    byte[] nonce = new byte[13];
    exchange.server.recipientNonces().write(0, nonce);
    AdditionalData aad = new AdditionalData();
    aad.compose(
        AdditionalData.prefix(exchange.client.aead(), exchange.client.senderId()),
        Bytes.of(0),
        Options.none());
    try (Aead cipher = exchange.server.senderCipher(CRYPTO)) {
      cipher.seal(nonce, aad.aad(), aad.aadLength(), array, 0, 1);
    }
    Response outer = Response.of(Code.CHANGED).with(oscore("")).withPayload(Bytes.owned(array));
    assertRefused(Reason.BAD_PLAINTEXT, () -> exchange.verify(sent, outer));
  }

  @Test
  void innerOptionsOfClassUCountBeforeOuterOnes() throws Exception {
    JsonNode node =
        Vectors.load("oscore-negative.json", each -> each).stream()
            .filter(each -> each.path("id").asText().equals("inner-uri-host"))
            .findFirst()
            .orElseThrow();
    Request outer =
        request(message(hex(node, "message"))).with(Option.text(OptionNumber.URI_HOST, "evil"));
    Options inner = exchange.receiveFresh(outer).inner().options();
    assertThat(inner.texts(OptionNumber.URI_HOST)).hasSize(1).doesNotContain("evil");
  }
}
