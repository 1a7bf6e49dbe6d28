package dev.moat.engine.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.Concurrency;
import dev.moat.engine.fixture.ClientBench;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.engine.resource.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EchoFreshnessFilterTest {
  private final List<String> turned = new ArrayList<>();
  private final ServerBench server =
      ServerBench.of(
          Resource.at("/lock")
              .get(r -> Response.text(Code.CONTENT, "1"))
              .put(
                  r -> {
                    turned.add(r.payload().toUtf8());
                    return r.payload().length() > 1
                        ? Response.of(Code.BAD_REQUEST)
                        : Response.of(Code.CHANGED);
                  }));
  private final ClientBench client = ClientBench.to(server);
  private static final Response CHALLENGE =
      Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, Bytes.of(1)));

  private static Request put(String value) {
    return ServerBench.request(Code.PUT, "/lock").withPayload(Bytes.utf8(value));
  }

  private Request fresh(Request request) {
    Bytes echo = server.answer(put("9")).options().first(OptionNumber.ECHO).orElseThrow();
    return request.with(new Option(OptionNumber.ECHO, echo));
  }

  @Nested
  class Server {
    @Test
    @Tag("AT-13")
    @Tag("AT-18")
    void refusesAnUnlockThatWasHeldBackLongerThanTheWindow() {
      Request held = fresh(put("0"));
      server.clock.advance(Duration.ofSeconds(10));
      Response late = server.answer(held);
      assertThat(late.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(late.options().has(OptionNumber.ECHO)).isTrue();
      assertThat(late.payload().isEmpty()).isTrue();
      assertThat(turned).isEmpty();
      assertThat(server.events)
          .contains(
              new FreshnessEvent.Challenged(
                  ServerBench.CLIENT, Code.PUT, FreshnessEvent.Reason.NOT_FRESH));
    }

    @Test
    @Tag("AT-22")
    void takesAnUnlockThatIsKnownToBeYoungEnough() {
      Request known = put("0").withFact(FreshSince.KEY, new FreshSince(server.clock.nowNanos()));
      server.clock.advance(Duration.ofSeconds(10));
      assertThat(server.answer(known).code()).isEqualTo(Code.CHANGED);
      assertThat(turned).containsExactly("0");
    }

    @Test
    @Tag("AT-22")
    void challengesAnUnlockThatIsOnlyKnownToBeYoungerThanTheWindow() {
      Request known = put("0").withFact(FreshSince.KEY, new FreshSince(server.clock.nowNanos()));
      server.clock.advance(Duration.ofSeconds(10).plusNanos(1));
      assertThat(server.answer(known).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(turned).isEmpty();
    }

    @Test
    @Tag("AT-13")
    void withoutEchoTheLateUnlockIsExecuted() {
      server.freshness = FreshnessConfig.defaults().withInsecureOff(true);
      Request held = put("0");
      server.clock.advance(Duration.ofHours(1));
      assertThat(server.answer(held).code()).isEqualTo(Code.CHANGED);
      assertThat(turned).containsExactly("0");
    }

    @Test
    @Tag("AT-23")
    void demandsFreshnessOfUnsafeMethodsOnActuatorsByDefault() {
      assertThat(server.answer(put("0")).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(server.answer(ServerBench.request(Code.GET, "/lock")).code())
          .isEqualTo(Code.CONTENT);
      assertThat(turned).isEmpty();
    }

    @Test
    void executesAFreshRequestAndRenewsTheValue() {
      Response changed = server.answer(fresh(put("0")));
      assertThat(changed.code()).isEqualTo(Code.CHANGED);
      assertThat(changed.options().has(OptionNumber.ECHO)).isTrue();
      assertThat(turned).containsExactly("0");
    }

    @Test
    void renewsNothingOnErrorsOrWhenSwitchedOff() {
      assertThat(server.answer(fresh(put("00"))).options().has(OptionNumber.ECHO)).isFalse();
      ServerBench quiet = ServerBench.of(Resource.at("/lock").put(r -> Response.of(Code.CHANGED)));
      quiet.freshness = FreshnessConfig.defaults().withPreemptive(false);
      Bytes echo = quiet.answer(put("0")).options().first(OptionNumber.ECHO).orElseThrow();
      Response changed = quiet.answer(put("0").with(new Option(OptionNumber.ECHO, echo)));
      assertThat(changed).isEqualTo(Response.of(Code.CHANGED));
    }

    @Test
    void refusesAConfigurationWhoseWindowNoMintCanMeasure() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FreshnessConfig.defaults().withWindow(Duration.ofDays(2)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FreshnessConfig.defaults().withWindow(Duration.ZERO));
    }

    @Test
    void takesTheWindowOfItsConfiguration() {
      server.freshness = FreshnessConfig.defaults().withWindow(Duration.ofMillis(100));
      Request held = fresh(put("0"));
      server.clock.advance(Duration.ofMillis(100));
      assertThat(server.answer(held).code()).isEqualTo(Code.UNAUTHORIZED);
    }

    @Test
    void refusesAValueOfAnotherPeer() {
      Bytes echo =
          server
              .answer(Request.to(ServerBench.OTHER, Code.PUT, "/lock"))
              .options()
              .first(OptionNumber.ECHO)
              .orElseThrow();
      assertThat(server.answer(put("0").with(new Option(OptionNumber.ECHO, echo))).code())
          .isEqualTo(Code.UNAUTHORIZED);
    }

    @Test
    @Tag("AT-21")
    void knowsNoTimeButTheMonotonicTicker() {
      // The filter is given a Ticker and nothing else; its origin is arbitrary and may be negative.
      ServerBench early = ServerBench.of(Resource.at("/lock").put(r -> Response.of(Code.CHANGED)));
      early.clock.advance(Duration.ofDays(3650));
      assertThat(ClientBench.to(early).answer(put("0")).code()).isEqualTo(Code.CHANGED);
    }

    @Test
    void aFinalBlockCannotBeHeldBack() {
      ServerBench blocks = new ServerBench();
      blocks.router.add(blocks.recording("/lock"));
      blocks.blockwise = blocks.blockwise.withConcurrency(Concurrency.CONCURRENT);
      Request tagged = ServerBench.tagged(ServerBench.request(Code.PUT, "/lock"), 5);
      Bytes echo = blocks.answer(tagged).options().first(OptionNumber.ECHO).orElseThrow();
      Request fresh = tagged.with(new Option(OptionNumber.ECHO, echo));
      assertThat(blocks.answer(ServerBench.block1(fresh, "0123456789abcdefX", 0, 16)).code())
          .isEqualTo(Code.CONTINUE);
      blocks.clock.advance(Duration.ofSeconds(11));
      assertThat(blocks.answer(ServerBench.block1(fresh, "0123456789abcdefX", 1, 16)).code())
          .isEqualTo(Code.UNAUTHORIZED);
      assertThat(blocks.bodies).isEmpty();
    }
  }

  @Nested
  class Client {
    @Test
    @Tag("AT-20")
    void answersAChallengeByItselfInOneMoreRoundTrip() {
      Request request = put("0");
      Outcome outcome = client.send(request);
      assertThat(outcome.request()).isEqualTo(request);
      assertThat(((Outcome.Responded) outcome).response().code()).isEqualTo(Code.CHANGED);
      assertThat(client.sent).hasSize(2);
      assertThat(turned).containsExactly("0");
      assertThat(client.events)
          .containsExactly(new FreshnessEvent.Answered(ServerBench.CLIENT, Code.PUT));
      assertThat(client.events.get(0).describe()).contains("PUT");
    }

    @Test
    void attachesTheNewestValueToUnsafeRequestsOnly() {
      var unused = client.send(put("0"));
      assertThat(client.answer(put("1")).code()).isEqualTo(Code.CHANGED);
      assertThat(client.sent).hasSize(3);
      var alsoUnused = client.send(ServerBench.request(Code.GET, "/lock"));
      assertThat(client.sent.get(3).options().has(OptionNumber.ECHO)).isFalse();
    }

    @Test
    void attachesNothingWhenPreemptionIsOff() {
      client.echo = ClientEchoConfig.defaults().withPreemptive(false);
      var unused = client.send(put("0"));
      var alsoUnused = client.send(put("1"));
      assertThat(client.sent).hasSize(4);
    }

    @Test
    void answersOnceMoreWhenARememberedValueIsTooOld() {
      var unused = client.send(put("0"));
      server.clock.advance(Duration.ofSeconds(30));
      assertThat(client.answer(put("1")).code()).isEqualTo(Code.CHANGED);
      assertThat(client.sent).hasSize(4);
    }

    @Test
    void forgetsAValueAfterItsLifetime() {
      var unused = client.send(put("0"));
      server.clock.advance(Duration.ofMinutes(1));
      var alsoUnused = client.send(put("1"));
      assertThat(client.sent.get(2).options().has(OptionNumber.ECHO)).isFalse();
    }

    @Test
    void doesNotKnowAfterASecondChallengeInARow() {
      server.freshness = FreshnessConfig.defaults().withWindow(Duration.ofNanos(1));
      ClientBench slow =
          new ClientBench(
              server.clock,
              (number, request) -> {
                server.clock.advance(Duration.ofSeconds(1));
                return ClientBench.deliver(server, request);
              });
      Request put = put("0");
      assertThat(slow.send(put)).isEqualTo(new Outcome.Unknown(put, Outcome.Doubt.CHALLENGE_LOOP));
      assertThat(slow.sent).hasSize(2);
      assertThat(turned).isEmpty();
    }

    @Test
    void handsASecondChallengeToASafeRequestToTheCaller() {
      ClientBench over =
          new ClientBench(server.clock, (n, r) -> ClientBench.responded(r, CHALLENGE));
      assertThat(over.answer(ServerBench.request(Code.GET, "/lock"))).isEqualTo(CHALLENGE);
      assertThat(over.sent).hasSize(2);
    }

    @Test
    void sendsNoValueToAGroup() {
      ClientBench over =
          new ClientBench(server.clock, (n, r) -> ClientBench.responded(r, CHALLENGE));
      Peer group = Peer.of(Bytes.of(224, 0, 1, 187), 5683);
      assertThat(over.answer(Request.to(group, Code.GET, "/lock"))).isEqualTo(CHALLENGE);
      assertThat(over.sent).hasSize(1);
    }

    @Test
    void neverSendsAValueToAnotherPeer() {
      var unused = client.send(put("0"));
      var alsoUnused = client.send(Request.to(ServerBench.OTHER, Code.PUT, "/lock"));
      assertThat(client.sent.get(2).options().has(OptionNumber.ECHO)).isFalse();
    }

    @Test
    void remembersABoundedNumberOfPeers() {
      client.echo = ClientEchoConfig.defaults().withCache(1, Duration.ofMinutes(1));
      var one = client.send(put("0"));
      var two = client.send(Request.to(ServerBench.OTHER, Code.PUT, "/lock"));
      var three = client.send(put("1"));
      assertThat(client.sent.get(4).options().has(OptionNumber.ECHO)).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ClientEchoConfig.defaults().withCache(0, Duration.ZERO));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ClientEchoConfig.defaults().withCache(1, Duration.ofSeconds(-1)));
    }

    @Test
    void leavesEchoAloneWhenSwitchedOffOrSetByTheCaller() {
      client.echo = ClientEchoConfig.defaults().withInsecureOff(true);
      assertThat(client.answer(put("0")).code()).isEqualTo(Code.UNAUTHORIZED);
      ClientBench own = ClientBench.to(server);
      Request request = put("0").with(new Option(OptionNumber.ECHO, Bytes.of(1)));
      assertThat(own.answer(request).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(own.sent).hasSize(1);
    }

    @Test
    void passesA401WithoutEchoAndLostExchangesOn() {
      ClientBench refused =
          new ClientBench(
              server.clock, (n, r) -> ClientBench.responded(r, Response.of(Code.UNAUTHORIZED)));
      assertThat(refused.answer(put("0")).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(refused.sent).hasSize(1);
      ClientBench lost = new ClientBench(server.clock, (n, r) -> ClientBench.lost(r));
      assertThat(lost.send(put("0"))).isInstanceOf(Outcome.Unknown.class);
    }
  }

  /**
   * Foe alters no byte, but sends what the client sent from another port: there the client's Echo
   * value is worthless, and the server's challenge comes back to the client all the same.
   */
  @Nested
  class AgainstAnotherSourcePort {
    private final List<String> heated = new ArrayList<>();
    private final ServerBench oven = ServerBench.of(heater("/oven"));
    private final List<Request> kept = new ArrayList<>();
    private boolean everythingFromAnotherPort;

    private Resource heater(String path) {
      return Resource.at(path).post(r -> heated(r, Code.CHANGED)).put(r -> heated(r, Code.CHANGED));
    }

    private Response heated(Request request, Code code) {
      heated.add(request.payload().toUtf8());
      return Response.of(code);
    }

    private ClientBench throughFoe() {
      return new ClientBench(
          oven.clock,
          (n, r) -> {
            kept.add(r);
            boolean elsewhere = n >= 2 && (n == 2 || everythingFromAnotherPort);
            return ClientBench.deliver(oven, elsewhere ? fromAnotherPort(r) : r);
          });
    }

    private Request fromAnotherPort(Request r) {
      return new Request(
          r.method(), r.options(), r.payload(), ServerBench.OTHER, r.reliability(), r.context());
    }

    private Request heat(Code method, String value) {
      return Request.to(ServerBench.CLIENT, method, "/oven").withPayload(Bytes.utf8(value));
    }

    private void release(Request request) {
      var unused = ClientBench.deliver(oven, request).toCompletableFuture().join();
    }

    @Test
    void aNonIdempotentRequestIsExecutedOnce() {
      everythingFromAnotherPort = true;
      ClientBench client = throughFoe();
      var unused = client.send(heat(Code.PUT, "100"));
      assertThat(client.answer(heat(Code.POST, "+10")).code()).isEqualTo(Code.CHANGED);
      release(kept.get(2));
      assertThat(heated).containsExactly("100", "+10");
    }

    @Test
    void theClientDoesNotBelieveThatARequestWasRefused() {
      ClientBench client = throughFoe();
      var unused = client.send(heat(Code.PUT, "100"));
      Outcome outcome = client.send(heat(Code.PUT, "0"));
      release(kept.get(2));
      assertThat(heated).containsExactly("100", "0");
      assertThat(outcome)
          .isEqualTo(new Outcome.Unknown(heat(Code.PUT, "0"), Outcome.Doubt.CHALLENGE_LOOP));
    }

    @Test
    void theClientDoesNotBelieveThatARequestWasNotDelivered() {
      ClientBench client =
          new ClientBench(
              oven.clock,
              (n, r) ->
                  switch (n) {
                    case 2 -> ClientBench.deliver(oven, fromAnotherPort(r));
                    case 3 ->
                        CompletableFuture.completedFuture(
                            new Outcome.NotDelivered(r, Outcome.Cause.CANCELLED_UNSENT));
                    default -> ClientBench.deliver(oven, r);
                  });
      var unused = client.send(heat(Code.PUT, "100"));
      assertThat(client.send(heat(Code.PUT, "0"))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aRequestThatNeverCarriedAValueIsNotDelivered() {
      ClientBench client =
          new ClientBench(
              oven.clock,
              (n, r) ->
                  n == 0
                      ? ClientBench.deliver(oven, r)
                      : CompletableFuture.completedFuture(
                          new Outcome.NotDelivered(r, Outcome.Cause.CANCELLED_UNSENT)));
      assertThat(client.send(heat(Code.POST, "+10"))).isInstanceOf(Outcome.NotDelivered.class);
    }

    @Test
    void blocksThatOthersFollowCarryAValueAtOnce() {
      ClientBench client = ClientBench.to(oven);
      client.blockwise = client.blockwise.withPreferredBlockOctets(16);
      assertThat(client.answer(heat(Code.POST, "x".repeat(40))).code()).isEqualTo(Code.CHANGED);
      assertThat(client.sent)
          .extracting(r -> r.options().has(OptionNumber.ECHO))
          .containsExactly(false, true, true, false, true);
    }

    @Test
    void underASecurityAssociationEveryUnsafeRequestCarriesAValueAtOnce() {
      ClientBench client = ClientBench.to(oven);
      Peer secured = new Peer(0, 1, 40_000, 0, 7);
      for (int i = 0; i < 2; i++) {
        var unused = client.send(Request.to(secured, Code.POST, "/oven"));
      }
      assertThat(client.sent)
          .extracting(r -> r.options().has(OptionNumber.ECHO))
          .containsExactly(false, true, true);
    }
  }
}
