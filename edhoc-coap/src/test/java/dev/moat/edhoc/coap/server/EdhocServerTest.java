package dev.moat.edhoc.coap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.Parties;
import dev.moat.edhoc.coap.Rig;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.halfopen.TableLimits;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EdhocServerTest {
  private static final InsecureSeededRandom RANDOM = new InsecureSeededRandom(404);

  private static Peer peer(int number) {
    return Peer.of(Bytes.of(10, number >> 16, number >> 8, number), 5683);
  }

  private static EdhocBody first() {
    return new EdhocBody.First(initiator().message1());
  }

  private static InitiatorRun initiator() {
    return initiator(ConnectionId.of(7), 0);
  }

  private static InitiatorRun initiator(ConnectionId cI, int suite) {
    return InitiatorRun.begin(
        Parties.settings(Parties.CLIENT, Parties.suites(suite), Parties.SERVER).build(),
        Method.DH_DH,
        cI,
        RANDOM);
  }

  private static ContextOnDemand context(Rig rig) {
    return new ContextOnDemand(
        rig.client(
            EdhocClientConfig.forward(
                    Parties.settings(Parties.CLIENT, Parties.SERVER).build(),
                    Parties.rules(),
                    Method.DH_DH)
                .build()));
  }

  private static int errorCode(Response response) throws Exception {
    assertThat(EdhocMessages.isError(response)).isTrue();
    return EdhocError.decode(response.payload()).code();
  }

  @Nested
  class Resource {
    private final Rig rig = Rig.standard();

    private Response raw(Code method, String payload, int format) {
      Request request =
          Request.to(Rig.SERVER, method, EdhocMessages.DEFAULT_PATH)
              .withPayload(Bytes.hex(payload))
              .with(Option.uint(OptionNumber.CONTENT_FORMAT, format));
      return rig.serve(Rig.CLIENT, request);
    }

    @Test
    @Tag("LK-013")
    void refusesOtherMethodsAndFormats() {
      assertThat(raw(Code.GET, "f500", 65).code()).isEqualTo(Code.METHOD_NOT_ALLOWED);
      assertThat(raw(Code.POST, "f500", 64).code()).isEqualTo(Code.UNSUPPORTED_CONTENT_FORMAT);
      assertThat(raw(Code.POST, "f500", 0).code()).isEqualTo(Code.UNSUPPORTED_CONTENT_FORMAT);
    }

    @Test
    @Tag("LK-013")
    void answersWhatItCannotReadByAnErrorMessage() throws Exception {
      for (String payload : new String[] {"f5", "f500", "f503", "ff", "81", "27", "f4"}) {
        Response refused = raw(Code.POST, payload, 65);
        assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
        assertThat(errorCode(refused)).isEqualTo(1);
      }
      assertThat(rig.edhoc.halfOpen()).isZero();
      assertThat(rig.events(HandshakeEvent.MessageRejected.class)).hasSize(7);
    }

    /** Only where the address is not known to be real, at the first block, and only of EDHOC. */
    @Test
    @Tag("LK-019")
    @Tag("LK-020")
    void challengesAnAddressAtTheFirstBlockOfSeveral() {
      Response challenge = block(EdhocMessages.DEFAULT_PATH, 0, true);
      assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(challenge.options().has(OptionNumber.ECHO)).isTrue();
      for (Response other :
          List.of(
              block(EdhocMessages.DEFAULT_PATH, 0, false),
              block(EdhocMessages.DEFAULT_PATH, 1, true),
              block("/other", 0, true))) {
        assertThat(other.options().has(OptionNumber.ECHO)).isFalse();
      }
      rig.provesAddresses = false;
      assertThat(block(EdhocMessages.DEFAULT_PATH, 0, true).options().has(OptionNumber.ECHO))
          .isFalse();
    }

    private Response block(String path, int number, boolean more) {
      return rig.serve(
          Rig.CLIENT,
          Request.to(Rig.SERVER, Code.POST, path)
              .with(new Option(OptionNumber.BLOCK1, new BlockOption(number, more, 0).value()))
              .withPayload(Bytes.owned(new byte[16])));
    }

    @Test
    void takesAMessageWithoutContentFormat() {
      Request plain =
          Request.to(Rig.SERVER, Code.POST, EdhocMessages.DEFAULT_PATH)
              .withPayload(first().encoded());
      assertThat(rig.serve(Rig.CLIENT, plain).code()).isEqualTo(Code.CHANGED);
    }

    @Test
    @Tag("LK-097")
    void refusesAMessageThatIsTooLong() {
      Response atMost = raw(Code.POST, "f5" + "00".repeat(8191), 65);
      assertThat(atMost.code()).isEqualTo(Code.BAD_REQUEST);
      Response tooLong = raw(Code.POST, "f5" + "00".repeat(8192), 65);
      assertThat(tooLong.code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      assertThat(tooLong.payload().toUtf8()).contains("8192 octets");
      assertThat(rig.events(HandshakeEvent.MessageRejected.class)).hasSize(2);
    }

    @Test
    @Tag("LK-097")
    void refusesALongMessage3InACombinedRequest() {
      Bytes message3 = Bytes.hex("592001" + "00".repeat(8193));
      Request request =
          Request.to(Rig.SERVER, Code.POST, "/lock")
              .with(new Option(OptionNumber.EDHOC, Bytes.empty()))
              .with(new Option(OptionNumber.OSCORE, Bytes.of(9, 1, 1)))
              .withPayload(message3.plus(Bytes.owned(new byte[20])));
      assertThat(rig.serve(Rig.CLIENT, request).code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
    }

    @Test
    void refusesAnIdentifierThatOscoreHasNoRoomForAtMessage1() throws Exception {
      ConnectionId eight = new ConnectionId(Bytes.hex("0102030405060708"));
      Response refused = rig.post(Rig.CLIENT, new EdhocBody.First(initiator(eight, 0).message1()));
      assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(errorCode(refused)).isEqualTo(1);
      assertThat(EdhocError.decode(refused.payload()).toString()).contains("too long for OSCORE");
      assertThat(rig.edhoc.halfOpen()).isZero();
      assertThat(rig.events(HandshakeEvent.NoContext.class))
          .containsExactly(
              new HandshakeEvent.NoContext(Rig.CLIENT, HandshakeException.Reason.ID_TOO_LONG));
      ConnectionId seven = new ConnectionId(Bytes.hex("01020304050607"));
      Response taken = rig.post(Rig.CLIENT, new EdhocBody.First(initiator(seven, 0).message1()));
      assertThat(taken.code()).isEqualTo(Code.CHANGED);
    }

    /** The suite comes first: with another one the identifier may do. */
    @Test
    void demandsAnotherSuiteBeforeItJudgesAnIdentifier() throws Exception {
      ConnectionId seven = new ConnectionId(Bytes.hex("01020304050607"));
      EdhocBody first = new EdhocBody.First(initiator(seven, 4).message1());
      assertThat(errorCode(rig.post(Rig.CLIENT, first))).isEqualTo(2);
    }

    @Test
    void letsAContextStandWhenItsSessionIsNotTaken() {
      EdhocServerConfig config =
          Rig.serverConfig()
              .sessions(
                  (peer, session) -> {
                    throw new IllegalStateException("full");
                  })
              .build();
      Rig failing = new Rig(config);
      assertThat(failing.put(context(failing), "0")).isEqualTo(Code.CHANGED);
      assertThat(failing.sent).hasSize(3);
      assertThat(failing.edhoc.contexts().all()).hasSize(1);
      assertThat(failing.events(HandshakeEvent.SessionNotTaken.class))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.describe())
                      .contains("IllegalStateException")
                      .contains("context stands")
                      .doesNotContain("full"));
    }

    @Test
    void hasNoReverseFlowUnlessToldSo() {
      assertThat(rig.post(Rig.CLIENT, new EdhocBody.Trigger()).code()).isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void hasNoForwardFlowWhenToldSo() throws Exception {
      Rig reverse = new Rig(Rig.serverConfig().reverseOnly(Method.DH_DH).build());
      assertThat(errorCode(reverse.post(Rig.CLIENT, first()))).isEqualTo(1);
      assertThat(reverse.edhoc.takesCombined()).isFalse();
    }

    @Test
    void answersAMessageForNoSession() throws Exception {
      EdhocBody next = new EdhocBody.Next(ConnectionId.of(3), Bytes.hex("4100"));
      Response refused = rig.post(Rig.CLIENT, next);
      assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(errorCode(refused)).isEqualTo(1);
      assertThat(rig.events(HandshakeEvent.UnknownSession.class)).hasSize(1);
    }

    @Test
    void answersAWrongSuiteWithItsOwn() throws Exception {
      Response refused = raw(Code.POST, "f5" + "03" + "18ff" + "5820" + "09".repeat(32) + "07", 65);
      assertThat(errorCode(refused)).isEqualTo(2);
    }

    @Test
    @Tag("LK-013")
    void describesItselfInItsLink() {
      Response links = rig.serve(Rig.CLIENT, Request.to(Rig.SERVER, Code.GET, "/.well-known/core"));
      assertThat(links.payload().toUtf8())
          .contains("</.well-known/edhoc>;rt=\"core.edhoc\"")
          .contains("ed-r")
          .contains("ed-comb-req")
          .doesNotContain("ed-i;")
          .containsPattern("ed-method=\"?3\"?")
          .containsPattern("ed-csuite=\"?0\"?")
          .containsPattern("ed-cred-t=\"?1\"?")
          .containsPattern("ed-idcred-t=\"?4\"?");
    }

    @Test
    @Tag("LK-112")
    void isAlsoAtShortPaths() {
      Rig two = new Rig(Rig.serverConfig().paths("/.well-known/edhoc", "/e").build());
      Request request = EdhocMessages.request(Rig.SERVER, "/e", first());
      assertThat(two.serve(Rig.CLIENT, request).code()).isEqualTo(Code.CHANGED);
      assertThat(two.edhoc.halfOpen()).isEqualTo(1);
    }
  }

  @Nested
  class Repetition {
    private final Rig rig = Rig.standard();

    @Test
    @Tag("LK-018")
    @Tag("LK-053")
    void ofMessage1GetsTheSameMessage2WithoutNewWork() {
      EdhocBody first = first();
      Response answer = rig.post(Rig.CLIENT, first);
      assertThat(rig.post(Rig.CLIENT, first)).isEqualTo(answer);
      assertThat(rig.edhoc.halfOpen()).isEqualTo(1);
      assertThat(rig.post(peer(1), first)).isNotEqualTo(answer);
      assertThat(rig.edhoc.halfOpen()).isEqualTo(2);
    }

    @Test
    @Tag("LK-018")
    @Tag("LK-053")
    void ofMessage3GetsTheSameAnswerAndMakesOneContext() {
      assertThat(rig.put(context(rig), "0")).isEqualTo(Code.CHANGED);
      Request message3 = rig.sent.get(1);
      SecurityContext made = rig.edhoc.contexts().all().get(0);
      assertThat(rig.serve(Rig.CLIENT, message3)).isEqualTo(rig.given.get(1));
      assertThat(rig.serve(peer(9), message3)).isEqualTo(rig.given.get(1));
      assertThat(rig.edhoc.contexts().all()).containsExactly(made);
      Bytes other = message3.payload().plus(Bytes.of(0));
      assertThat(rig.serve(Rig.CLIENT, message3.withPayload(other)).code())
          .isEqualTo(Code.BAD_REQUEST);
      rig.clock.advance(Duration.ofSeconds(121));
      assertThat(rig.serve(Rig.CLIENT, message3).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(rig.edhoc.contexts().all()).containsExactly(made);
    }

    @Test
    @Tag("LK-053")
    void ofAWholeRecordedHandshakeMakesNoContext() {
      assertThat(rig.put(context(rig), "0")).isEqualTo(Code.CHANGED);
      rig.clock.advance(Duration.ofSeconds(200));
      assertThat(rig.serve(Rig.CLIENT, rig.sent.get(0)).code()).isEqualTo(Code.CHANGED);
      assertThat(rig.serve(Rig.CLIENT, rig.sent.get(1)).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(rig.edhoc.contexts().all()).hasSize(1);
      assertThat(rig.moved).containsExactly("0");
    }
  }

  @Nested
  class Errors {
    @Test
    @Tag("LK-098")
    void fromAClientEndNothing() {
      Rig rig = Rig.standard();
      rig.onRequest =
          request -> {
            if (rig.sent.size() == 2) {
              for (int id = 0; id < 0x38; id++) {
                EdhocBody failure =
                    new EdhocBody.Failure(ConnectionId.of(id), Bytes.hex("0161" + "78"));
                var unused = rig.post(Rig.CLIENT, failure);
              }
            }
            return Optional.of(request);
          };
      assertThat(rig.put(context(rig), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.events(HandshakeEvent.ErrorReceived.class)).isNotEmpty();
    }
  }

  @Nested
  class Limits {
    @Test
    @Tag("LK-097")
    void refuseWhatThereIsNoRoomFor() {
      Rig rig =
          new Rig(
              Rig.serverConfig()
                  .limits(TableLimits.defaults().withSessions(1).withOctets(50))
                  .build());
      Response refused = rig.post(Rig.CLIENT, first());
      assertThat(refused.code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
      assertThat(refused.options().uint(OptionNumber.MAX_AGE)).hasValue(1);
      assertThat(rig.edhoc.lengthOctets()).isZero();
      assertThat(rig.events(HandshakeEvent.Postponed.class)).hasSize(1);
    }

    @Test
    @Tag("LK-097")
    void paceAnAddressUnderLoad() {
      Rig rig = new Rig(Rig.serverConfig().guard(GuardPolicy.defaults().withLoad(1, 100)).build());
      rig.provesAddresses = false;
      assertThat(rig.post(Rig.CLIENT, first()).code()).isEqualTo(Code.CHANGED);
      assertThat(rig.post(Rig.CLIENT, first()).code()).isEqualTo(Code.CHANGED);
      assertThat(rig.post(Rig.CLIENT, first()).code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
      rig.clock.advance(Duration.ofSeconds(1));
      assertThat(rig.post(Rig.CLIENT, first()).code()).isEqualTo(Code.CHANGED);
    }

    @Test
    @Tag("LK-097")
    void holdAgainstAFloodWhileAGenuineDeviceIsServed() {
      Rig rig = Rig.standard();
      Bytes template = initiator().message1();
      for (int i = 0; i < 100_000; i++) {
        // X25519 takes any coordinate.
        Bytes forged = forged(template, i);
        var unused = rig.post(peer(i), new EdhocBody.First(forged));
        rig.clock.advance(Duration.ofNanos(50_000));
      }
      assertThat(rig.edhoc.halfOpen()).isLessThanOrEqualTo(512);
      assertThat(rig.edhoc.lengthOctets()).isLessThanOrEqualTo(512 * 128);
      long begun = rig.clock.nowNanos();
      assertThat(rig.put(context(rig), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.clock.nowNanos() - begun).isLessThan(Duration.ofSeconds(2).toNanos());
      long computed = rig.given.stream().filter(r -> r.code().equals(Code.CHANGED)).count();
      assertThat(computed).isLessThan(64 * 7);
    }

    private Bytes forged(Bytes template, int number) {
      byte[] octets = template.toArray();
      octets[10] = (byte) number;
      octets[11] = (byte) (number >> 8);
      octets[12] = (byte) (number >> 16);
      return Bytes.owned(octets);
    }

    @Test
    @Tag("LK-006")
    void giveThreeHundredSessionsDifferentRecipientIds() {
      Rig rig =
          new Rig(
              Rig.serverConfig()
                  .contextsPerPeer(300)
                  .guard(GuardPolicy.defaults().withLoad(10_000, 10_000))
                  .build());
      for (int i = 0; i < 300; i++) {
        assertThat(rig.put(context(rig), "0")).isEqualTo(Code.CHANGED);
      }
      Set<Bytes> ids = new HashSet<>();
      for (SecurityContext context : rig.edhoc.contexts().all()) {
        assertThat(ids.add(context.recipientId())).isTrue();
        assertThat(context.recipientId()).isNotEqualTo(context.senderId());
      }
      assertThat(ids).hasSize(300);
    }
  }

  @Nested
  class Configuration {
    @Test
    void refusesASuiteWithoutHkdf() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  EdhocServerConfig.of(
                      Parties.settings(Parties.SERVER, Parties.suites(0, 25)).build(),
                      Parties.rules()))
          .withMessageContaining("suite 25");
    }

    @Test
    void refusesLessThanOneContextForEachPeer() {
      assertThatIllegalArgumentException().isThrownBy(() -> Rig.serverConfig().contextsPerPeer(0));
    }

    @Test
    void saysWhyThereIsNoContext() {
      for (HandshakeException.Reason reason : HandshakeException.Reason.values()) {
        assertThat(new HandshakeEvent.NoContext(Rig.CLIENT, reason).describe())
            .contains(reason.description());
      }
    }
  }
}
