package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import dev.moat.engine.freshness.FreshnessEvent;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole handshakes between client and server, and requests under what comes of them. */
class FlowTest {
  private static EdhocClientConfig.Builder forward() {
    return EdhocClientConfig.forward(
        Parties.settings(Parties.CLIENT, Parties.SERVER).build(), Parties.rules(), Method.DH_DH);
  }

  private static EdhocClientConfig.Builder reverse() {
    return EdhocClientConfig.reverse(
        Parties.settings(Parties.CLIENT, Parties.SERVER).build(), Parties.rules());
  }

  private static Rig reverseRig() {
    return new Rig(Rig.serverConfig().reverse(Method.DH_DH).build());
  }

  private static ContextOnDemand context(Rig rig, EdhocClientConfig.Builder config) {
    return new ContextOnDemand(rig.client(config.build()));
  }

  private static void assertOneContext(Rig rig) {
    assertThat(rig.events(HandshakeEvent.Completed.class)).hasSize(2);
    assertThat(rig.edhoc.contexts().all()).hasSize(1);
    assertThat(rig.edhoc.halfOpen()).isZero();
  }

  @Nested
  class Forward {
    @Test
    @Tag("LK-011")
    @Tag("LK-121")
    @Tag("AT-22")
    void isFollowedByAnActuatorRequestWithoutEcho() {
      Rig rig = Rig.standard();
      assertThat(rig.put(context(rig, forward()), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.moved).containsExactly("0");
      assertThat(rig.sent).hasSize(3);
      assertThat(rig.events(FreshnessEvent.Challenged.class)).isEmpty();
      assertOneContext(rig);
      assertThat(rig.events).allSatisfy(event -> assertThat(event.describe()).isNotBlank());
    }

    @Test
    void usesOneContextForManyRequests() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward());
      assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(4);
    }

    @Test
    @Tag("LK-010")
    void waitsForMessage4WhereTheProfileHasIt() {
      List<EdhocSession> sessions = new ArrayList<>();
      Rig rig =
          new Rig(
              EdhocServerConfig.builder(
                      Parties.settings(Parties.SERVER, Parties.CLIENT).message4().build(),
                      Parties.rules())
                  .build());
      EdhocClientConfig.Builder config =
          EdhocClientConfig.forward(
                  Parties.settings(Parties.CLIENT, Parties.SERVER).message4().build(),
                  Parties.rules(),
                  Method.DH_DH)
              .combined()
              .sessions((peer, session) -> sessions.add(session));
      assertThat(rig.put(context(rig, config), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(3);
      assertThat(rig.edhoc.takesCombined()).isFalse();
      assertThat(sessions).singleElement().matches(EdhocSession::isConfirmed);
    }

    @Test
    @Tag("LK-010")
    void handsASessionOnOnceAVerifiedResponseHasConfirmedIt() {
      List<EdhocSession> sessions = new ArrayList<>();
      Rig rig = Rig.standard();
      ContextOnDemand context =
          context(rig, forward().sessions((peer, session) -> sessions.add(session)));
      rig.onRequest =
          request ->
              request.options().has(OptionNumber.OSCORE) ? Optional.empty() : Optional.of(request);
      assertThat(rig.send(context, Code.PUT, "0")).isInstanceOf(Outcome.Unknown.class);
      assertThat(sessions).isEmpty();
      rig.onRequest = Optional::of;
      assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
      assertThat(sessions).singleElement().matches(EdhocSession::isConfirmed);
    }
  }

  @Nested
  class Reverse {
    @Test
    @Tag("LK-011")
    @Tag("LK-120")
    @Tag("AT-22")
    void isFollowedByAnActuatorRequestWithoutEcho() {
      Rig rig = reverseRig();
      assertThat(rig.put(context(rig, reverse()), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(3);
      assertThat(rig.sent.get(0).payload().isEmpty()).isTrue();
      assertThat(rig.events(FreshnessEvent.Challenged.class)).isEmpty();
      assertOneContext(rig);
    }

    @Test
    void endsWithMessage4WhereTheProfileHasIt() {
      Rig rig =
          new Rig(
              EdhocServerConfig.builder(
                      Parties.settings(Parties.SERVER, Parties.CLIENT).message4().build(),
                      Parties.rules())
                  .reverseOnly(Method.DH_DH)
                  .build());
      EdhocClientConfig.Builder config =
          EdhocClientConfig.reverse(
              Parties.settings(Parties.CLIENT, Parties.SERVER).message4().build(), Parties.rules());
      assertThat(rig.put(context(rig, config), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(4);
      assertOneContext(rig);
    }
  }

  @Nested
  class Combined {
    @Test
    @Tag("LK-105")
    @Tag("LK-114")
    @Tag("LK-117")
    @Tag("LK-123")
    void takesTwoRoundTripsWithTheFirstRequestInThem() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward().combined());
      assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(2);
      assertThat(rig.sent.get(1).options().has(OptionNumber.EDHOC)).isTrue();
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent.get(2).options().has(OptionNumber.EDHOC)).isFalse();
      assertThat(rig.moved).containsExactly("0", "1");
      assertOneContext(rig);
    }

    @Test
    void sendsMessage3AheadOfALongRequest() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward().combined());
      assertThat(rig.put(context, "x".repeat(1100))).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(3);
      assertThat(rig.sent).noneMatch(request -> request.options().has(OptionNumber.EDHOC));
    }

    @Test
    void sendsALongMessage3ByItself() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward().combined().maxCombinedMessage3Octets(10));
      assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(3);
    }

    @Test
    @Tag("LK-018")
    @Tag("LK-053")
    void carriesMessage3AgainUntilAResponseHasComeAndMakesOneContext() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward().combined());
      rig.onResponse =
          response -> response.options().has(OptionNumber.OSCORE) ? List.of() : List.of(response);
      assertThat(rig.send(context, Code.PUT, "0")).isInstanceOf(Outcome.Unknown.class);
      rig.onResponse = List::of;
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent.get(2).options().has(OptionNumber.EDHOC)).isTrue();
      assertThat(rig.moved).containsExactly("0", "1");
      assertOneContext(rig);
    }

    @Test
    @Tag("AT-22")
    void heldBackBeyondTheWindowIsChallengedAndMovesNothing() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward().combined());
      List<Request> held = new ArrayList<>();
      rig.onRequest =
          request -> {
            if (request.options().has(OptionNumber.EDHOC)) {
              held.add(request);
              return Optional.empty();
            }
            return Optional.of(request);
          };
      assertThat(rig.send(context, Code.PUT, "0")).isInstanceOf(Outcome.Unknown.class);
      rig.clock.advance(Duration.ofSeconds(10).plusMillis(1));
      Response late = rig.serve(Rig.CLIENT, held.get(0));
      assertThat(late.options().has(OptionNumber.OSCORE)).isTrue();
      assertThat(rig.moved).isEmpty();
      assertThat(rig.events(FreshnessEvent.Challenged.class)).hasSize(1);
    }

    @Test
    @Tag("AT-22")
    void heldBackWithinTheWindowActsOnce() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward().combined());
      List<Request> held = new ArrayList<>();
      rig.onRequest =
          request -> {
            if (request.options().has(OptionNumber.EDHOC)) {
              held.add(request);
              return Optional.empty();
            }
            return Optional.of(request);
          };
      assertThat(rig.send(context, Code.PUT, "0")).isInstanceOf(Outcome.Unknown.class);
      rig.clock.advance(Duration.ofSeconds(9));
      var first = rig.serve(Rig.CLIENT, held.get(0));
      assertThat(first.options().has(OptionNumber.OSCORE)).isTrue();
      var second = rig.serve(Rig.CLIENT, held.get(0));
      assertThat(second.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(rig.moved).containsExactly("0");
    }

    @Test
    void isRefusedAsUnknownByAServerThatHasForgottenTheSession() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward().combined());
      rig.onRequest =
          request -> {
            if (request.options().has(OptionNumber.EDHOC)) {
              rig.edhoc.close();
            }
            return Optional.of(request);
          };
      Outcome outcome = rig.send(context, Code.PUT, "0");
      assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
      Response refusal = ((Outcome.Unknown) outcome).unprotectedError().orElseThrow();
      assertThat(EdhocMessages.isError(refusal)).isTrue();
      rig.onRequest = Optional::of;
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
      assertThat(rig.moved).containsExactly("1");
    }
  }

  @Test
  @Tag("LK-012")
  void theServerSendsRequestsUnderTheSameContext() throws Exception {
    Rig rig = Rig.standard();
    RecipientIds clientIds = new RecipientIds(new ContextTable());
    ContextOnDemand context = context(rig, forward().ids(clientIds));
    assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
    SecurityContext atServer = rig.edhoc.contexts().all().get(0);
    SecurityContext atClient = clientIds.contexts().all().get(0);
    assertThat(atServer.senderId()).isEqualTo(atClient.recipientId());
    var sealed = rig.protector.protectRequest(atServer, Request.to(Rig.CLIENT, Code.GET, "/state"));
    var opened = rig.protector.unprotectRequest(atClient, sealed.outer());
    assertThat(opened).isInstanceOf(Unprotected.Fresh.class);
  }

  @Test
  void runsAnewWhenTheServerHasLostTheContextAndReplacesTheOldOne() {
    Rig rig = Rig.standard();
    RecipientIds clientIds = new RecipientIds(new ContextTable());
    ContextOnDemand context = context(rig, forward().ids(clientIds));
    assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
    SecurityContext lost = rig.edhoc.contexts().all().get(0);
    assertThat(rig.edhoc.contexts().remove(lost)).isTrue();
    assertThat(rig.send(context, Code.PUT, "1")).isInstanceOf(Outcome.Unknown.class);
    assertThat(rig.put(context, "2")).isEqualTo(Code.CHANGED);
    assertThat(rig.moved).containsExactly("0", "2");
    assertThat(clientIds.contexts().all()).hasSize(1);
  }

  @Test
  @Tag("LK-097")
  void boundsTheContextsOfOneIdentity() {
    Rig rig = Rig.standard();
    for (int i = 0; i < 5; i++) {
      assertThat(rig.put(context(rig, forward()), "" + i)).isEqualTo(Code.CHANGED);
    }
    assertThat(rig.edhoc.contexts().all()).hasSize(2);
    assertThat(rig.events(HandshakeEvent.ContextReplaced.class)).hasSize(3);
  }

  @Test
  @Tag("LK-020")
  void answersTheEchoThatTheGuardAsksFor() {
    var guard = GuardPolicy.defaults();
    Rig rig = new Rig(Rig.serverConfig().guard(guard.withProof(GuardPolicy.Proof.ALWAYS)).build());
    assertThat(rig.put(context(rig, forward()), "0")).isEqualTo(Code.CHANGED);
    assertThat(rig.sent).hasSize(4);
    assertThat(rig.given.get(0).code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(rig.given.get(0).options().has(OptionNumber.ECHO)).isTrue();
    assertThat(rig.given.get(0).payload().isEmpty()).isTrue();
    assertThat(rig.sent.get(1).options().has(OptionNumber.ECHO)).isTrue();
  }

  @Nested
  class UnderAttack {
    private Response forged(String hex) {
      return EdhocMessages.response(Bytes.hex(hex));
    }

    @Test
    @Tag("LK-098")
    void forgedResponsesDoNotEndARun() {
      Rig rig = Rig.standard();
      rig.onResponse =
          response ->
              List.of(
                  forged("58" + "2d" + "01".repeat(45)),
                  forged("4101"),
                  Response.of(Code.CHANGED).with(Option.uint(OptionNumber.CONTENT_FORMAT, 60)),
                  EdhocMessages.error(EdhocException.Reason.BAD_EAD),
                  Response.diagnostic(Code.NOT_FOUND, "no"),
                  response);
      assertThat(rig.put(context(rig, forward().combined()), "0")).isEqualTo(Code.CHANGED);
    }

    @Test
    @Tag("LK-098")
    void forgedRequestsDoNotEndASession() {
      Rig rig = Rig.standard();
      rig.onRequest =
          request -> {
            if (request.options().has(OptionNumber.EDHOC)) {
              Bytes payload = request.payload();
              byte[] changed = payload.toArray();
              changed[5] ^= 1;
              Response refused = rig.serve(Rig.CLIENT, request.withPayload(Bytes.owned(changed)));
              assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
              assertThat(EdhocMessages.isError(refused)).isTrue();
            }
            return Optional.of(request);
          };
      assertThat(rig.put(context(rig, forward().combined()), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.moved).containsExactly("0");
    }

    @Test
    @Tag("LK-098")
    void aRunThatIsBrokenLeavesNothingBehind() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward());
      rig.onResponse = response -> List.of(forged("4101"));
      assertThat(rig.send(context, Code.PUT, "0")).isInstanceOf(Outcome.NotDelivered.class);
      rig.onResponse = List::of;
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
      assertThat(rig.moved).containsExactly("1");
    }

    @Test
    @Tag("LK-098")
    void forgedMessage4DoesNotEndARun() {
      Rig rig =
          new Rig(
              EdhocServerConfig.builder(
                      Parties.settings(Parties.SERVER, Parties.CLIENT).message4().build(),
                      Parties.rules())
                  .build());
      EdhocClientConfig.Builder config =
          EdhocClientConfig.forward(
              Parties.settings(Parties.CLIENT, Parties.SERVER).message4().build(),
              Parties.rules(),
              Method.DH_DH);
      rig.onResponse = response -> List.of(forged("48" + "00".repeat(8)), response);
      assertThat(rig.put(context(rig, config), "0")).isEqualTo(Code.CHANGED);
    }
  }
}
