package dev.moat.edhoc.coap.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.Parties;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.Rig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.ContextOnDemandFilter.NoContext;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that meet a server which does not go along, and how they end. */
class EdhocClientTest {
  private static EdhocClientConfig.Builder forward(int... suites) {
    return EdhocClientConfig.forward(
        Parties.settings(Parties.CLIENT, Parties.suites(suites), Parties.SERVER).build(),
        Parties.rules(),
        Method.DH_DH);
  }

  private static EdhocClientConfig.Builder reverse(int... suites) {
    return EdhocClientConfig.reverse(
        Parties.settings(Parties.CLIENT, Parties.suites(suites), Parties.SERVER).build(),
        Parties.rules());
  }

  private static Rig rig(Parties.Party trusted, int... suites) {
    return new Rig(
        EdhocServerConfig.builder(
                Parties.settings(Parties.SERVER, Parties.suites(suites), trusted).build(),
                Parties.rules())
            .reverse(Method.DH_DH)
            .build());
  }

  private static ContextOnDemand context(Rig rig, EdhocClientConfig.Builder config) {
    return new ContextOnDemand(rig.client(config.build()));
  }

  private static String failure(Rig rig, ContextOnDemand context) {
    assertThat(rig.send(context, Code.PUT, "0")).isInstanceOf(Outcome.NotDelivered.class);
    assertThat(rig.moved).isEmpty();
    List<NoContext> told = rig.events(NoContext.class);
    return told.get(told.size() - 1).why();
  }

  @Nested
  class Suites {
    @Test
    @Tag("LK-013")
    void areNegotiatedOnceAndRemembered() {
      Rig rig = rig(Parties.CLIENT, 0);
      ContextOnDemand context = context(rig, forward(1, 0));
      assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(4);
      context.renew();
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
      assertThat(rig.sent).hasSize(7);
    }

    @Test
    void areNotGuessedAThirdTime() {
      Rig rig = rig(Parties.CLIENT, 0);
      rig.onResponse = response -> List.of(wrongSuite());
      assertThat(failure(rig, context(rig, forward(1, 0)))).contains("error code 2");
      assertThat(rig.sent).hasSize(2);
    }

    private Response wrongSuite() {
      return EdhocMessages.error(Reason.WRONG_SUITE, Bytes.hex("0200"));
    }

    @Test
    void areNegotiatedInTheReverseFlow() {
      Rig rig = rig(Parties.CLIENT, 1, 0);
      assertThat(rig.put(context(rig, reverse(0)), "0")).isEqualTo(Code.CHANGED);
      // Trigger, error, trigger, message_2, request.
      assertThat(rig.sent).hasSize(5);
    }

    @Test
    void areNotNegotiatedWithoutEndInTheReverseFlow() {
      Rig rig = rig(Parties.CLIENT, 1);
      assertThat(failure(rig, context(rig, reverse(0)))).contains("suite");
      assertThat(rig.sent).hasSize(4);
    }

    @Test
    void withoutHkdfAreRefused() {
      assertThatIllegalArgumentException().isThrownBy(() -> forward(25).build());
    }
  }

  @Nested
  class Refusals {
    @Test
    void tellThatTheServerDoesNotKnowTheClient() {
      Rig rig = rig(Parties.STRANGER, 0);
      assertThat(failure(rig, context(rig, forward(0)))).contains("error code 3");
      assertThat(rig.edhoc.contexts().all()).isEmpty();
    }

    @Test
    void tellThatTheClientDoesNotKnowTheServer() {
      Rig rig = rig(Parties.CLIENT, 0);
      EdhocClientConfig.Builder config =
          EdhocClientConfig.forward(
              Parties.settings(Parties.CLIENT, Parties.STRANGER).build(),
              Parties.rules(),
              Method.DH_DH);
      assertThat(failure(rig, context(rig, config))).contains("unknown credential");
      assertThat(rig.events(HandshakeEvent.MessageRejected.class)).isNotEmpty();
      assertThat(failure(rig, context(rig, config.impatient()))).contains("unknown credential");
    }

    @Test
    void tellTheSameInTheReverseFlow() {
      Rig rig = rig(Parties.STRANGER, 0);
      assertThat(failure(rig, context(rig, reverse(0)))).contains("error code 3");
      Rig other = rig(Parties.CLIENT, 0);
      EdhocClientConfig.Builder config =
          EdhocClientConfig.reverse(
              Parties.settings(Parties.CLIENT, Parties.STRANGER).build(), Parties.rules());
      assertThat(failure(other, context(other, config))).contains("unknown credential");
    }

    @Test
    void tellTheServerThatItsIdentifierIsTooLong() throws Exception {
      Rig rig = rig(Parties.CLIENT, 0);
      Bytes message1 =
          InitiatorRun.begin(
                  Parties.settings(Parties.SERVER, Parties.CLIENT).build(),
                  Method.DH_DH,
                  new ConnectionId(Bytes.hex("0102030405060708")),
                  new InsecureSeededRandom(8))
              .message1();
      rig.onResponse = response -> List.of(EdhocMessages.response(message1));
      assertThat(failure(rig, context(rig, reverse(0)))).contains("too long for OSCORE");
      assertThat(rig.sent).hasSize(2);
      EdhocBody told = EdhocBody.decode(rig.sent.get(1).payload());
      assertThat(told).isInstanceOf(EdhocBody.Failure.class);
      assertThat(EdhocError.decode(((EdhocBody.Failure) told).error()).code()).isEqualTo(1);
    }

    @Test
    void tellThatTheServerIsBusy() {
      Rig rig = rig(Parties.CLIENT, 0);
      rig.onResponse = response -> List.of(Response.of(Code.SERVICE_UNAVAILABLE));
      assertThat(failure(rig, context(rig, forward(0)))).contains("later");
      assertThat(failure(rig, context(rig, reverse(0)))).contains("later");
    }

    @Test
    void tellThatNobodyAnswered() {
      Rig rig = rig(Parties.CLIENT, 0);
      rig.onRequest = request -> Optional.empty();
      rig.onResponse = response -> List.of();
      assertThat(failure(rig, context(rig, forward(0)))).contains("no genuine response");
      assertThat(failure(rig, context(rig, reverse(0)))).contains("no genuine response");
    }

    @Test
    void tellWhichOtherErrorCame() {
      Rig rig = rig(Parties.CLIENT, 0);
      rig.onResponse = response -> List.of(Response.of(Code.NOT_FOUND));
      assertThat(failure(rig, context(rig, forward(0)))).contains("4.04");
      rig.onResponse = response -> List.of(EdhocMessages.error(Reason.BAD_EAD, Bytes.hex("18ff")));
      assertThat(failure(rig, context(rig, forward(0)))).contains("unreadable");
    }

    @Test
    void tellThatThereIsNoIdentifierLeft() {
      RecipientIds ids = new RecipientIds(new ContextTable());
      for (int octet = 0; octet < 256; octet++) {
        assertThat(ids.reserve(ConnectionId.of(octet))).isTrue();
      }
      Rig rig = rig(Parties.CLIENT, 0);
      assertThat(rig.put(context(rig, forward(0).ids(ids)), "0")).isEqualTo(Code.CHANGED);
      assertThat(ids.contexts().all().get(0).recipientId().length()).isEqualTo(2);
    }
  }

  @Nested
  class Keys {
    private final WatchedPrimitives watched = new WatchedPrimitives();

    private EdhocSettings.Builder settings(int... suites) {
      return EdhocSettings.builder(
              watched.of(Parties.PRIMITIVES), Parties.suites(suites), Set.of(Method.DH_DH))
          .identities(Parties.CLIENT.identity)
          .peers(PinnedCredentials.of(Parties.PRIMITIVES.symmetric(), Parties.SERVER.credential));
    }

    private void expectFailureAt(Rig rig, EdhocClientConfig.Builder config, int message) {
      rig.onRequest =
          request -> {
            if (rig.sent.size() == message) {
              throw new IllegalStateException("no route");
            }
            return Optional.of(request);
          };
      assertThat(failure(rig, context(rig, config))).isNotEmpty();
      assertThat(rig.sent).hasSize(message);
      assertThat(watched.generated()).isPositive();
      assertThat(watched.openKeys()).isEmpty();
      assertThat(watched.alive()).isEmpty();
    }

    private EdhocClientConfig.Builder initiating(EdhocSettings.Builder settings) {
      return EdhocClientConfig.forward(settings.build(), Parties.rules(), Method.DH_DH);
    }

    @Test
    void ofARetryThatNobodyFollowsAreErased() {
      Rig rig = rig(Parties.CLIENT, 1, 0);
      rig.onResponse =
          response ->
              rig.sent.size() == 1
                  ? List.of(EdhocMessages.response(Bytes.hex("0200")), response)
                  : List.of(response);
      assertThat(rig.put(context(rig, initiating(settings(1, 0))), "0")).isEqualTo(Code.CHANGED);
      assertThat(watched.generated()).isEqualTo(2);
      assertThat(watched.openKeys()).isEmpty();
    }

    @Test
    void areErasedWhenSendingMessage1Fails() {
      expectFailureAt(rig(Parties.CLIENT, 0), initiating(settings(0)), 1);
    }

    @Test
    void areErasedWhenSendingMessage3Fails() {
      expectFailureAt(rig(Parties.CLIENT, 0), initiating(settings(0)), 2);
      assertThat(watched.derived()).isPositive();
    }

    @Test
    void areErasedWhenSendingMessage2OrMessage4Fails() {
      EdhocServerConfig server =
          EdhocServerConfig.builder(
                  Parties.settings(Parties.SERVER, Parties.CLIENT).message4().build(),
                  Parties.rules())
              .reverse(Method.DH_DH)
              .build();
      for (int message = 2; message <= 3; message++) {
        EdhocSettings settings = settings(0).message4().build();
        expectFailureAt(
            new Rig(server), EdhocClientConfig.reverse(settings, Parties.rules()), message);
      }
    }

    @Test
    void ofASessionThatIsNotTakenAreErased() {
      Rig rig = rig(Parties.CLIENT, 0);
      EdhocClientConfig.Builder config =
          initiating(settings(0))
              .sessions(
                  (peer, session) -> {
                    throw new IllegalStateException("full");
                  });
      assertThat(rig.put(context(rig, config), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.events(HandshakeEvent.SessionNotTaken.class))
          .containsExactly(
              new HandshakeEvent.SessionNotTaken(Rig.SERVER, "java.lang.IllegalStateException"));
      assertThat(watched.alive()).isEmpty();
    }
  }

  @Nested
  class Attacks {
    @Test
    @Tag("LK-098")
    void byAForgedMessage1CostOneRun() {
      Rig rig = rig(Parties.CLIENT, 0);
      ContextOnDemand context = context(rig, reverse(0));
      rig.onResponse = response -> List.of(EdhocMessages.response(Bytes.hex("4100")));
      assertThat(failure(rig, context)).contains("kind of item");
      rig.onResponse = List::of;
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
    }

    @Test
    @Tag("LK-098")
    void onMessage3OfTheReverseFlowDoNotEndARun() {
      Rig rig = rig(Parties.CLIENT, 0);
      rig.onResponse =
          response ->
              rig.sent.size() == 2
                  ? List.of(
                      EdhocMessages.response(Bytes.hex("520000" + "00".repeat(16))),
                      EdhocMessages.response(Bytes.hex("0161" + "78")),
                      response)
                  : List.of(response);
      assertThat(rig.put(context(rig, reverse(0)), "0")).isEqualTo(Code.CHANGED);
    }

    @Test
    @Tag("LK-098")
    void byErrorsInPlaceOfMessagesDoNotEndARun() {
      Rig rig = rig(Parties.CLIENT, 0);
      rig.onResponse =
          response ->
              response.options().has(OptionNumber.OSCORE)
                  ? List.of(response)
                  : List.of(EdhocMessages.response(Bytes.hex("0161" + "78")), response);
      assertThat(rig.put(context(rig, forward(0)), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.events(HandshakeEvent.ErrorReceived.class)).isNotEmpty();
    }

    @Test
    void byASecondChallengeEndTheRun() {
      Rig rig = rig(Parties.CLIENT, 0);
      Response challenge =
          Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, Bytes.of(1)));
      rig.onResponse = response -> List.of(challenge);
      assertThat(failure(rig, context(rig, forward(0)))).contains("4.01");
      assertThat(rig.sent).hasSize(2);
    }
  }
}
