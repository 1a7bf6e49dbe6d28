package dev.moat.oscore.protect;

import static dev.moat.oscore.Fixture.CRYPTO;
import static dev.moat.oscore.Fixture.PEER;
import static dev.moat.oscore.Fixture.assertRefused;
import static dev.moat.oscore.Fixture.client;
import static dev.moat.oscore.Fixture.fresh;
import static dev.moat.oscore.Fixture.restored;
import static dev.moat.oscore.protect.Exchange.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionDefinition;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Options;
import dev.moat.coap.option.ProtectionClass;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.ErrorResponses;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProtectorTest {
  private static final Response CONTENT = Response.text(Code.CONTENT, "unlocked, for now");
  private static final Option OBSERVE_0 = Option.uint(OptionNumber.OBSERVE, 0);

  @Nested
  class Requests {
    private final Exchange exchange = new Exchange();

    @Test
    @Tag("AT-01")
    void showNothingOfMethodPathQueryAndPayload() throws Exception {
      String secret = "the-secret-word";
      Request inner =
          Request.to(PEER, Code.PUT, secret)
              .with(Option.text(OptionNumber.URI_QUERY, secret))
              .withPayload(Bytes.utf8(secret));
      ProtectedRequest sent = exchange.send(inner);
      assertThat(sent.outer().method()).isEqualTo(Code.POST);
      assertThat(sent.outer().options().size()).isEqualTo(1);
      assertThat(wire(sent.outer().method(), sent.outer().options(), sent.outer().payload()))
          .doesNotContain(Bytes.utf8(secret).toHex());
      Unprotected.Fresh received = exchange.receiveFresh(sent.outer());
      assertThat(received.inner()).isEqualTo(inner);
      Response secretAnswer = Response.text(Code.CREATED, secret);
      Response answer = exchange.answer(received.binding(), secretAnswer, ResponseForm.REUSE_NONCE);
      assertThat(answer.code()).isEqualTo(Code.CHANGED);
      assertThat(wire(answer.code(), answer.options(), answer.payload()))
          .doesNotContain(Bytes.utf8(secret).toHex());
      assertThat(exchange.verify(sent.binding(), answer).inner()).isEqualTo(secretAnswer);
    }

    private static String wire(Code code, Options options, Bytes payload) {
      return UdpCodec.encode(new Message(MessageType.CON, 1, code, Bytes.of(1), options, payload))
          .toHex();
    }

    @Test
    void keepPeerReliabilityAndFacts() throws Exception {
      Context.Key<String> key = new Context.Key<>("colour");
      Request inner = get().withReliability(Reliability.NON_CONFIRMABLE).withFact(key, "green");
      Request outer = exchange.send(inner).outer();
      assertThat(outer.peer()).isEqualTo(PEER);
      assertThat(outer.reliability()).isEqualTo(Reliability.NON_CONFIRMABLE);
      assertThat(outer.context().find(key)).contains("green");
      assertThat(exchange.receiveFresh(outer).inner()).isEqualTo(inner);
    }

    @Test
    void observeInsideAndOutside() throws Exception {
      Request inner = get().with(OBSERVE_0);
      ProtectedRequest sent = exchange.send(inner);
      assertThat(sent.outer().method()).isEqualTo(Code.FETCH);
      assertThat(sent.outer().options().observe()).hasValue(0);
      assertThat(sent.binding().observes()).isTrue();
      Unprotected.Fresh received = exchange.receiveFresh(sent.outer());
      assertThat(received.inner()).isEqualTo(inner);
      assertThat(received.binding().observes()).isTrue();
    }

    @Test
    void outerObserveAddedOnTheWayIsNoRegistration() throws Exception {
      Request outer = exchange.send(get()).outer().with(OBSERVE_0);
      Unprotected.Fresh received = exchange.receiveFresh(outer);
      assertThat(received.inner().options().has(OptionNumber.OBSERVE)).isFalse();
      assertThat(received.binding().observes()).isFalse();
    }

    @Test
    void noOuterOptionOfClassECounts() throws Exception {
      Request outer =
          exchange
              .send(get())
              .outer()
              .with(Option.text(OptionNumber.URI_PATH, "evil"))
              .with(new Option(OptionNumber.ECHO, Bytes.of(1)))
              .with(Option.uint(OptionNumber.BLOCK1, 0))
              .with(Option.uint(OptionNumber.NO_RESPONSE, 26))
              .with(new Option(OptionNumber.REQUEST_TAG, Bytes.of(1)))
              .with(new Option(2049, Bytes.of(1)));
      assertThat(exchange.receiveFresh(outer).inner()).isEqualTo(get());
    }

    @Test
    void outerOptionsOfClassUCountUnlessProtectedOnesDo() throws Exception {
      Option host = Option.text(OptionNumber.URI_HOST, "example.com");
      Option hops = Option.uint(OptionNumber.HOP_LIMIT, 9);
      ProtectedRequest sent = exchange.send(get().with(host).with(hops));
      assertThat(sent.outer().options().has(OptionNumber.URI_HOST)).isTrue();
      assertThat(sent.outer().options().has(OptionNumber.HOP_LIMIT)).isTrue();
      assertThat(exchange.receiveFresh(sent.outer()).inner())
          .isEqualTo(get().with(host).with(hops));
    }

    @Test
    void noResponseShowsOnlyWhenItSuppressesAll() throws Exception {
      Request none = get().with(Option.uint(OptionNumber.NO_RESPONSE, 26));
      Request some = get().with(Option.uint(OptionNumber.NO_RESPONSE, 2));
      assertThat(exchange.send(none).outer().options().has(OptionNumber.NO_RESPONSE)).isTrue();
      Request outer = exchange.send(some).outer();
      assertThat(outer.options().has(OptionNumber.NO_RESPONSE)).isFalse();
      assertThat(exchange.receiveFresh(outer).inner()).isEqualTo(some);
    }

    @Test
    void showTheKidContextTheFormAsksFor() throws Exception {
      ContextParameters named = client().idContext(Bytes.of(7, 7)).build();
      Exchange other = new Exchange(named);
      assertThat(kidContext(other, RequestForm.STANDARD)).contains(Bytes.of(7, 7));
      assertThat(kidContext(other, RequestForm.WITHOUT_KID_CONTEXT)).isEmpty();
      assertThat(kidContext(other, RequestForm.STANDARD.withKidContext(Bytes.of(1))))
          .contains(Bytes.of(1));
      assertThat(kidContext(exchange, RequestForm.STANDARD)).isEmpty();
    }

    private static Optional<Bytes> kidContext(Exchange exchange, RequestForm form)
        throws Exception {
      Request outer = exchange.clientSide.protectRequest(exchange.client, get(), form).outer();
      return OscoreOption.decode(OuterOptions.oscoreValue(outer.options())).kidContext();
    }

    @Test
    void letAnExtensionWriteTheOption() throws Exception {
      RequestForm form = RequestForm.STANDARD.encodedBy(option -> Bytes.of(0x80));
      Request outer = exchange.clientSide.protectRequest(exchange.client, get(), form).outer();
      assertThat(OuterOptions.oscoreValue(outer.options())).isEqualTo(Bytes.of(0x80));
    }

    @Test
    void aKidContextHasToBeTheIdContext() throws Exception {
      Exchange named = new Exchange(client().idContext(Bytes.of(7)).build());
      RequestForm wrong = RequestForm.STANDARD.withKidContext(Bytes.of(8));
      Request outer = named.clientSide.protectRequest(named.client, get(), wrong).outer();
      assertRefused(Reason.CONTEXT_NOT_FOUND, () -> named.receive(outer));
      OscoreOption option = OscoreOption.decode(OuterOptions.oscoreValue(outer.options()));
      OscoreOption stripped = new OscoreOption(option.partialIv(), option.kid(), Optional.empty());
      assertThat(named.serverSide.unprotectRequest(named.server, outer, stripped))
          .isInstanceOf(Unprotected.Fresh.class);
    }

    @Test
    void refuseAProxyUriThatCannotBeSplit() {
      Request inner = get().with(Option.text(OptionNumber.PROXY_URI, "http://example.com/"));
      assertRefused(Reason.BAD_PROXY_URI, () -> exchange.send(inner));
    }
  }

  @Nested
  class ReplayProtection {
    private final Exchange exchange = new Exchange();

    @Test
    @Tag("AT-04")
    void aRequestIsFreshOnceOnly() throws Exception {
      Request outer = exchange.send(get()).outer();
      assertThat(exchange.receiveFresh(outer).inner()).isEqualTo(get());
      assertThat(exchange.receive(outer)).isEqualTo(new Unprotected.Replay(0));
      Response told = ErrorResponses.to(Reason.REPLAY);
      assertThat(told.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(told.payload().toUtf8()).isEqualTo("Replay detected");
    }

    @Test
    @Tag("AT-15")
    void aRequestHeldBackIsFreshFor31LaterOnesOnly() throws Exception {
      Request held = exchange.send(get()).outer();
      Request alsoHeld = exchange.send(get()).outer();
      for (int later = 0; later < 31; later++) {
        var unused = exchange.receiveFresh(exchange.send(get()).outer());
      }
      assertThat(exchange.receive(held)).isInstanceOf(Unprotected.Replay.class);
      assertThat(exchange.receive(alsoHeld)).isInstanceOf(Unprotected.Fresh.class);
    }

    @Test
    void anUntrustedWindowDoesNotMoveAndLetsNoNonceBeReused() throws Exception {
      ContextParameters parameters = client().build();
      Exchange restarted = new Exchange(parameters, restored(parameters.reversed()));
      Request outer = restarted.send(get()).outer();
      for (int i = 0; i < 2; i++) {
        Unprotected received = restarted.receive(outer);
        assertThat(received).isInstanceOf(Unprotected.Unsynchronised.class);
        RequestBinding binding = ((Unprotected.Unsynchronised) received).binding();
        assertThat(binding.permitsNonce()).isFalse();
        assertRefused(
            Reason.NONCE_ALREADY_USED,
            () -> restarted.answer(binding, CONTENT, ResponseForm.REUSE_NONCE));
      }
      assertThat(restarted.server.replay().isTrusted()).isFalse();
      assertThat(restarted.server.replay().resynchronise(0)).isTrue();
      assertThat(restarted.receive(outer)).isInstanceOf(Unprotected.Replay.class);
      assertThat(restarted.receive(restarted.send(get()).outer()))
          .isInstanceOf(Unprotected.Fresh.class);
    }
  }

  @Nested
  class Responses {
    private final Exchange exchange = new Exchange();

    @Test
    void useTheRequestsNonceOnceOnly() throws Exception {
      ProtectedRequest sent = exchange.send(get());
      RequestBinding binding = exchange.receiveFresh(sent.outer()).binding();
      assertThat(binding.permitsNonce()).isTrue();
      Response first = exchange.answer(binding, CONTENT, ResponseForm.REUSE_NONCE);
      assertThat(OuterOptions.oscoreValue(first.options())).isEqualTo(Bytes.empty());
      assertThat(exchange.verify(sent.binding(), first).partialIv()).isEmpty();
      assertRefused(
          Reason.NONCE_ALREADY_USED,
          () -> exchange.answer(binding, CONTENT, ResponseForm.REUSE_NONCE));
      Response second = exchange.answer(binding, CONTENT, ResponseForm.OWN_PARTIAL_IV);
      assertThat(exchange.verify(sent.binding(), second).partialIv()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    @Tag("AT-08")
    void verifyForTheirOwnRequestOnly() throws Exception {
      ProtectedRequest one = exchange.send(get());
      ProtectedRequest two = exchange.send(get());
      RequestBinding answered = exchange.receiveFresh(one.outer()).binding();
      for (ResponseForm form : List.of(ResponseForm.REUSE_NONCE, ResponseForm.OWN_PARTIAL_IV)) {
        Response answer = exchange.answer(answered, CONTENT, form);
        assertRefused(Reason.DECRYPTION_FAILED, () -> exchange.verify(two.binding(), answer));
        assertThat(exchange.verify(one.binding(), answer).inner()).isEqualTo(CONTENT);
      }
    }

    @Test
    @Tag("AT-02")
    void verifyUnderTheirOwnContextOnly() throws Exception {
      Exchange other = new Exchange(client().masterSalt(Bytes.of(1)).build());
      ProtectedRequest sent = exchange.send(get());
      assertRefused(Reason.DECRYPTION_FAILED, () -> other.receive(sent.outer()));
      assertThat(other.server.replay().accepts(0)).isTrue();
      RequestBinding binding = exchange.receiveFresh(sent.outer()).binding();
      Response answer = exchange.answer(binding, CONTENT, ResponseForm.REUSE_NONCE);
      RequestBinding otherSent = other.send(get()).binding();
      assertRefused(Reason.DECRYPTION_FAILED, () -> other.verify(otherSent, answer));
    }

    @Test
    void hideTheObserveValueInsideAndShowItOutside() throws Exception {
      ProtectedRequest sent = exchange.send(get().with(OBSERVE_0));
      RequestBinding binding = exchange.receiveFresh(sent.outer()).binding();
      Response notification = CONTENT.with(Option.uint(OptionNumber.OBSERVE, 77));
      Response outer = exchange.answer(binding, notification, ResponseForm.OWN_PARTIAL_IV);
      assertThat(outer.code()).isEqualTo(Code.CONTENT);
      assertThat(outer.options().observe()).hasValue(77);
      Response changed = outer.with(Option.uint(OptionNumber.OBSERVE, 99));
      Response inner = exchange.verify(sent.binding(), changed).inner();
      assertThat(inner).isEqualTo(CONTENT.with(new Option(OptionNumber.OBSERVE, Bytes.empty())));
    }

    @Test
    void onlyOneNotificationMayComeWithoutPartialIv() throws Exception {
      ProtectedRequest sent = exchange.send(get().with(OBSERVE_0));
      RequestBinding binding = exchange.receiveFresh(sent.outer()).binding();
      Response notification = CONTENT.with(OBSERVE_0);
      Response first = exchange.answer(binding, notification, ResponseForm.REUSE_NONCE);
      var unused = exchange.verify(sent.binding(), first);
      assertRefused(Reason.NONCE_ALREADY_USED, () -> exchange.verify(sent.binding(), first));
      Response second = exchange.answer(binding, notification, ResponseForm.OWN_PARTIAL_IV);
      assertThat(exchange.verify(sent.binding(), second).partialIv()).hasValue(0);
    }

    @Test
    void aNotificationToARequestThatDidNotObserveIsRefused() throws Exception {
      Request cancellation = get().with(Option.uint(OptionNumber.OBSERVE, 1));
      for (Request request : List.of(get(), cancellation)) {
        ProtectedRequest sent = exchange.send(request);
        RequestBinding binding = exchange.receiveFresh(sent.outer()).binding();
        Response outer =
            exchange.answer(binding, CONTENT.with(OBSERVE_0), ResponseForm.OWN_PARTIAL_IV);
        assertRefused(Reason.UNEXPECTED_OBSERVE, () -> exchange.verify(sent.binding(), outer));
      }
    }

    @Test
    void kidAndKidContextOfAResponseDoNotCount() throws Exception {
      ProtectedRequest sent = exchange.send(get());
      RequestBinding binding = exchange.receiveFresh(sent.outer()).binding();
      ResponseForm form =
          ResponseForm.REUSE_NONCE
              .withKidContext(Bytes.of(9))
              .encodedBy(
                  option ->
                      new OscoreOption(
                              option.partialIv(), Optional.of(Bytes.of(9)), option.kidContext())
                          .encode());
      Response outer = exchange.answer(binding, CONTENT, form);
      assertThat(OuterOptions.oscoreValue(outer.options())).isEqualTo(Bytes.hex("18010909"));
      assertThat(exchange.verify(sent.binding(), outer).inner()).isEqualTo(CONTENT);
    }

    @Test
    void mixedUpSidesAreTheCallersMistake() throws Exception {
      ProtectedRequest sent = exchange.send(get());
      RequestBinding received = exchange.receiveFresh(sent.outer()).binding();
      assertThatThrownBy(() -> exchange.answer(sent.binding(), CONTENT, ResponseForm.REUSE_NONCE))
          .isInstanceOf(IllegalArgumentException.class);
      Response answer = exchange.answer(received, CONTENT, ResponseForm.REUSE_NONCE);
      assertThatThrownBy(() -> exchange.verify(received, answer))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(sent.binding().permitsNonce()).isTrue();
      assertThat(received.requestKid()).isEqualTo(sent.binding().requestKid());
      assertThat(received.requestPiv()).isEqualTo(Bytes.of(0));
      assertThat(received.toString()).isEqualTo("SERVER request 0 of " + exchange.server);
    }

    @Test
    void aBindingMayMoveToTheContextThatReplacesItsOwn() throws Exception {
      Exchange next = new Exchange(client().idContext(Bytes.of(1)).build());
      ProtectedRequest sent = exchange.send(get());
      RequestBinding moved = exchange.receiveFresh(sent.outer()).binding().in(next.server);
      assertThat(moved.context()).isSameAs(next.server);
      assertRefused(
          Reason.NONCE_ALREADY_USED, () -> next.answer(moved, CONTENT, ResponseForm.REUSE_NONCE));
      Response answer = next.answer(moved, CONTENT, ResponseForm.OWN_PARTIAL_IV);
      assertThat(next.verify(sent.binding().in(next.client), answer).inner()).isEqualTo(CONTENT);
    }
  }

  @Test
  @Tag("LK-012")
  void oneContextServesBothRolesWithPartialIvsOfItsOwnEachWay() throws Exception {
    Exchange forth = new Exchange();
    for (int i = 0; i < 3; i++) {
      ProtectedRequest there = forth.send(get());
      Unprotected.Fresh atServer = forth.receiveFresh(there.outer());
      ProtectedRequest back = forth.serverSide.protectRequest(forth.server, get());
      Unprotected atClient = forth.clientSide.unprotectRequest(forth.client, back.outer());
      assertThat(atClient).isInstanceOf(Unprotected.Fresh.class);
      assertThat(back.binding().requestPiv()).isEqualTo(there.binding().requestPiv());
      assertThat(back.outer().payload()).isNotEqualTo(there.outer().payload());
      Response toServer =
          forth.clientSide.protectResponse(
              ((Unprotected.Fresh) atClient).binding(), CONTENT, ResponseForm.REUSE_NONCE);
      Response toClient = forth.answer(atServer.binding(), CONTENT, ResponseForm.REUSE_NONCE);
      assertThat(forth.serverSide.unprotectResponse(back.binding(), toServer).inner())
          .isEqualTo(CONTENT);
      assertThat(forth.verify(there.binding(), toClient).inner()).isEqualTo(CONTENT);
    }
    Request reflected = forth.send(get()).outer();
    assertRefused(
        Reason.CONTEXT_NOT_FOUND, () -> forth.clientSide.unprotectRequest(forth.client, reflected));
  }

  @Test
  @Tag("LK-059")
  void aWornOutKeyIsRefusedWithTheAdviceToReKey() throws Exception {
    Exchange exchange = new Exchange(client().keyUsageLimits(new KeyUsageLimits(2, 2, 2)).build());
    ProtectedRequest sent = exchange.send(get());
    ProtectedRequest last = exchange.send(get());
    assertThatThrownBy(() -> exchange.send(get()))
        .hasMessageContaining("establish a new security context");
    assertRefused(Reason.KEY_USAGE_LIMIT, () -> exchange.send(get()));
    Request forged = sent.outer().withPayload(Bytes.owned(new byte[20]));
    assertRefused(Reason.DECRYPTION_FAILED, () -> exchange.receive(forged));
    assertThat(exchange.receiveFresh(sent.outer()).inner()).isEqualTo(get());
    assertRefused(Reason.DECRYPTION_FAILED, () -> exchange.receive(forged.with(option("090302"))));
    assertRefused(Reason.KEY_USAGE_LIMIT, () -> exchange.receive(last.outer()));
  }

  private static Option option(String hex) {
    return new Option(OptionNumber.OSCORE, Bytes.hex(hex));
  }

  @Nested
  class Ciphers {
    @Test
    void areKeptForTheContextsUsedLast() throws Exception {
      Protector small = new Protector(CRYPTO, 2);
      SecurityContext[] contexts = new SecurityContext[4];
      for (int i = 0; i < 4; i++) {
        contexts[i] = fresh(client().idContext(Bytes.of(i)).build());
      }
      for (int round = 0; round < 12; round++) {
        SecurityContext sender = contexts[round % 4];
        SecurityContext receiver =
            fresh(client().idContext(Bytes.of(round % 4)).build().reversed());
        Request outer = small.protectRequest(sender, get()).outer();
        assertThat(small.unprotectRequest(receiver, outer)).isInstanceOf(Unprotected.Fresh.class);
      }
      small.close();
    }

    @Test
    void ofAClosedContextAreGone() throws Exception {
      Exchange exchange = new Exchange();
      Request outer = exchange.send(get()).outer();
      exchange.client.close();
      assertRefused(Reason.CONTEXT_NOT_FOUND, () -> exchange.send(get()));
      exchange.serverSide.forget(exchange.server);
      assertThat(exchange.receiveFresh(outer).inner()).isEqualTo(get());
      exchange.serverSide.forget(exchange.server);
      exchange.serverSide.forget(exchange.server);
      exchange.server.close();
      assertRefused(Reason.CONTEXT_NOT_FOUND, () -> exchange.receive(outer));
    }

    @Test
    void areKeptForOneContextAtLeast() {
      assertThatThrownBy(() -> new Protector(CRYPTO, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class ClassI {
    private final OptionRegistry registry =
        OptionRegistry.standard()
            .with(OptionDefinition.opaque(2050, "Seal", 0, 255).of(ProtectionClass.I))
            .with(OptionDefinition.opaque(2, "Low", 0, 0xffff).of(ProtectionClass.I));
    private final Protector protector = new Protector(CRYPTO, 4, registry);

    @Test
    void optionsTravelInClearAndCannotBeChanged() throws Exception {
      for (int octets : new int[] {0, 1, 23, 24, 255, 256, 70_000}) {
        Exchange exchange = new Exchange();
        int kept = Math.min(octets, 65_000);
        Request inner =
            get()
                .with(new Option(2050, Bytes.owned(new byte[kept])))
                .with(new Option(2, Bytes.owned(new byte[octets - kept])));
        Request outer = protector.protectRequest(exchange.client, inner).outer();
        assertThat(outer.options().has(2050)).isTrue();
        Request changed = outer.with(new Option(2050, Bytes.of(1, 2)));
        assertRefused(
            Reason.DECRYPTION_FAILED, () -> protector.unprotectRequest(exchange.server, changed));
        Unprotected received = protector.unprotectRequest(exchange.server, outer);
        assertThat(((Unprotected.Fresh) received).inner()).isEqualTo(inner);
      }
    }
  }
}
