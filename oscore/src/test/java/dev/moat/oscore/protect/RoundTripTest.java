package dev.moat.oscore.protect;

import static dev.moat.oscore.Fixture.PEER;
import static dev.moat.oscore.Fixture.builder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionDefinition;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.KeyUsage;
import dev.moat.oscore.context.ReplayWindow;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any message under any context comes back as it was; anything changed on the way does not. */
class RoundTripTest {
  private static final List<Code> METHODS =
      List.of(Code.GET, Code.POST, Code.PUT, Code.DELETE, Code.FETCH, Code.PATCH, Code.IPATCH);
  private static final List<Code> ANSWERS =
      List.of(Code.CONTENT, Code.CHANGED, Code.NOT_FOUND, Code.INTERNAL_SERVER_ERROR);

  @Test
  void bringsBackEveryMessage() {
    Seeded.check(400, RoundTripTest::exchangesAnything);
  }

  private static void exchangesAnything(Arbitrary arbitrary) throws OscoreException {
    Exchange exchange = new Exchange(parameters(arbitrary));
    Request inner = request(arbitrary);
    ProtectedRequest sent = exchange.send(inner);
    Unprotected.Fresh received = exchange.receiveFresh(sent.outer());
    assertThat(received.inner()).isEqualTo(inner);
    Response answer =
        new Response(
            arbitrary.pick(ANSWERS),
            options(arbitrary).without(OptionNumber.OBSERVE),
            arbitrary.bytes(1100));
    ResponseForm form =
        arbitrary.chance(50) ? ResponseForm.REUSE_NONCE : ResponseForm.OWN_PARTIAL_IV;
    Response outer = exchange.answer(received.binding(), answer, form);
    assertThat(exchange.verify(sent.binding(), outer).inner()).isEqualTo(answer);
    assertThat(exchange.receive(sent.outer())).isInstanceOf(Unprotected.Replay.class);
  }

  private static ContextParameters parameters(Arbitrary arbitrary) {
    AeadAlgorithm aead = arbitrary.pick(List.of(AeadAlgorithm.values()));
    int longest = aead.nonceOctets() - 6;
    Bytes senderId = arbitrary.bytes(longest);
    Bytes recipientId = arbitrary.bytes(longest);
    while (recipientId.equals(senderId)) {
      recipientId = arbitrary.random().bytes(arbitrary.between(0, longest));
    }
    ContextParameters.Builder builder =
        builder(arbitrary.random().bytes(16), senderId, recipientId)
            .masterSalt(arbitrary.bytes(16))
            .aead(aead)
            .hkdf(arbitrary.pick(List.of(HashAlgorithm.values())));
    if (arbitrary.chance(30)) {
      builder.idContext(arbitrary.bytes(255));
    }
    return builder.build();
  }

  private static Request request(Arbitrary arbitrary) {
    return new Request(
        arbitrary.pick(METHODS),
        options(arbitrary),
        arbitrary.bytes(1100),
        PEER,
        arbitrary.chance(50) ? Reliability.CONFIRMABLE : Reliability.NON_CONFIRMABLE,
        Context.empty());
  }

  /** Registered options of every class, and unknown ones; neither OSCORE nor Proxy-Uri. */
  private static Options options(Arbitrary arbitrary) {
    List<OptionDefinition> registered = OptionRegistry.standard().definitions();
    List<Option> options = new ArrayList<>();
    for (int left = arbitrary.between(0, 8); left > 0; left--) {
      int number =
          arbitrary.chance(60) ? arbitrary.pick(registered).number() : arbitrary.between(0, 0xffff);
      options.add(new Option(number, arbitrary.bytes(300)));
    }
    return Options.of(options).without(OptionNumber.OSCORE).without(OptionNumber.PROXY_URI);
  }

  @Test
  @Tag("AT-03")
  void refusesEveryRequestWithAnOctetChangedOrCutOff() throws Exception {
    Exchange exchange = new Exchange();
    Request outer = exchange.send(Exchange.get().withPayload(Bytes.utf8("open"))).outer();
    Bytes option = OuterOptions.oscoreValue(outer.options());
    State before = State.of(exchange);
    for (Bytes damaged : everyDamage(option)) {
      assertRefusedRequest(exchange, outer.with(new Option(OptionNumber.OSCORE, damaged)));
    }
    for (Bytes damaged : everyDamage(outer.payload())) {
      assertRefusedRequest(exchange, outer.withPayload(damaged));
    }
    assertThat(State.of(exchange)).isEqualTo(before);
    assertThat(exchange.receive(outer)).isInstanceOf(Unprotected.Fresh.class);
  }

  private static void assertRefusedRequest(Exchange exchange, Request damaged) {
    try {
      assertThat(exchange.receive(damaged)).as("must not be believed: %s", damaged).isNull();
    } catch (OscoreException refused) {
      assertThat(exchange.server.replay().accepts(0)).isTrue();
    }
  }

  @Test
  @Tag("AT-03")
  void refusesEveryResponseWithAnOctetChangedOrCutOff() throws Exception {
    Exchange exchange = new Exchange();
    ProtectedRequest sent = exchange.send(Exchange.get());
    RequestBinding binding = exchange.receiveFresh(sent.outer()).binding();
    Response answer = Response.text(Code.CONTENT, "unlocked");
    Response outer = exchange.answer(binding, answer, ResponseForm.OWN_PARTIAL_IV);
    for (Bytes damaged : everyDamage(outer.payload())) {
      assertRefusedResponse(exchange, sent.binding(), outer.withPayload(damaged));
    }
    for (Bytes damaged : everyDamage(OuterOptions.oscoreValue(outer.options()))) {
      Response changed = outer.with(new Option(OptionNumber.OSCORE, damaged));
      // Its kid does not count, so a response that only gains one is the same response.
      if (!damaged.equals(Bytes.hex("0900"))) {
        assertRefusedResponse(exchange, sent.binding(), changed);
      }
    }
    assertThat(exchange.verify(sent.binding(), outer).inner()).isEqualTo(answer);
  }

  private static void assertRefusedResponse(
      Exchange exchange, RequestBinding sent, Response damaged) {
    try {
      assertThat(exchange.verify(sent, damaged)).as("must not be believed: %s", damaged).isNull();
    } catch (OscoreException refused) {
      assertThat(sent.permitsNonce()).isTrue();
    }
  }

  /** All single-bit errors, a few whole octets, and every truncation. */
  private static List<Bytes> everyDamage(Bytes original) {
    List<Bytes> damaged = new ArrayList<>();
    for (int i = 0; i < original.length(); i++) {
      damaged.add(original.slice(0, i));
      for (int mask : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
        byte[] copy = original.toArray();
        copy[i] ^= (byte) mask;
        damaged.add(Bytes.owned(copy));
      }
    }
    damaged.add(original.plus(Bytes.of(0)));
    return damaged;
  }

  /** What a forgery must not move. */
  private record State(ReplayWindow window, long seals, KeyUsage.UsageState usage) {
    static State of(Exchange exchange) {
      return new State(
          exchange.server.replay().window(),
          exchange.server.usage().seals(),
          exchange.server.usage().state());
    }
  }
}
