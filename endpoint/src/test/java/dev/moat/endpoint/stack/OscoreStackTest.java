package dev.moat.endpoint.stack;

import static dev.moat.endpoint.stack.OscoreRig.SECRET;
import static dev.moat.endpoint.stack.OscoreRig.responseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.crypto.Aead;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.EngineConfig;
import dev.moat.engine.EngineLimits;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OSCORE through whole stacks, on a wire that hides nothing. */
class OscoreStackTest {
  private final OscoreRig rig = new OscoreRig();
  private final List<String> heard = new ArrayList<>();

  @Test
  void getsWithoutAWordInClear() {
    assertThat(rig.response(rig.to(Code.GET, "/lock")).payload().toUtf8()).isEqualTo(SECRET);
    rig.assertNothingInClear();
    assertThat(rig.wire.sent).hasSize(2);
  }

  @Test
  @Tag("AT-06")
  void actuatorsActOnProtectedRequestsOnlyAndOnce() {
    Request put = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("locked"));
    assertThat(rig.response(put).code()).isEqualTo(Code.CHANGED);
    Request plain = Request.to(VirtualWire.SERVER, Code.PUT, "/lock");
    assertThat(rig.response(plain).code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(rig.moved).containsExactly("locked");
  }

  @Test
  @Tag("AM-06")
  void freshnessIsAskedForInsideAndTheEchoIsReadByNobodyElse() {
    Request put = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("locked"));
    assertThat(rig.response(put).code()).isEqualTo(Code.CHANGED);
    assertThat(rig.wire.sent).hasSize(4); // challenged once
    assertThat(rig.wire.sent)
        .noneMatch(packet -> packet.message().options().has(OptionNumber.ECHO))
        .allMatch(packet -> packet.message().options().has(OptionNumber.OSCORE));
    // The value is kept for this context and saves the next round trip.
    assertThat(rig.response(put).code()).isEqualTo(Code.CHANGED);
    assertThat(rig.wire.sent).hasSize(6);
  }

  @Test
  void anEchoOfOneContextIsOfNoUseToAnother() {
    Request put = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("locked"));
    assertThat(rig.response(put).code()).isEqualTo(Code.CHANGED);
    Request plain = Request.to(VirtualWire.SERVER, Code.PUT, "/lock");
    assertThat(rig.response(plain).code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(rig.wire.sent)
        .filteredOn(packet -> !packet.message().options().has(OptionNumber.OSCORE))
        .noneMatch(packet -> packet.message().options().has(OptionNumber.ECHO));
  }

  @Test
  @Tag("AT-06")
  void refusesWhatIsNotProtectedWhereSecurityIsDemanded() {
    Request plain = Request.to(VirtualWire.SERVER, Code.GET, "/state");
    assertThat(rig.response(plain).code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(rig.response(rig.to(Code.GET, "/state")).payload().toUtf8()).isEqualTo(SECRET);
  }

  @Nested
  class Blocks {
    @Test
    void carryFourKibibytesBothWaysInside() {
      Outcome read = rig.outcome(rig.to(Code.GET, "/large"));
      if (read instanceof Outcome.Unknown) {
        throw new AssertionError(read + "" + rig.wire.events);
      }
      assertThat(responseOf(read).payload()).isEqualTo(OscoreRig.large());
      Request put = rig.to(Code.PUT, "/large").withPayload(OscoreRig.large());
      assertThat(rig.response(put).payload().toUtf8()).isEqualTo("got 4096" + SECRET);
      rig.assertNothingInClear();
      assertThat(rig.wire.sent)
          .noneMatch(
              packet ->
                  packet.message().options().has(OptionNumber.BLOCK1)
                      || packet.message().options().has(OptionNumber.BLOCK2)
                      || packet.message().options().has(OptionNumber.REQUEST_TAG));
    }
  }

  @Nested
  class Observing {
    @Test
    void notifiesAndEndsByACancellationThatIsProtectedAnew() {
      Notifications notifications = rig.observe(heard);
      rig.wire.pass(Duration.ofSeconds(5));
      rig.set("second");
      rig.wire.pass(Duration.ofSeconds(5));
      rig.set("third");
      assertThat(heard).containsExactly(SECRET, "second", "third");
      notifications.cancel();
      rig.wire.settle();
      assertThat(rig.state.observers()).isZero();
      assertThat(heard).endsWith("CANCELLED");
      rig.assertNothingInClear();
      assertThat(
              rig.wire.sent.stream()
                  .filter(packet -> packet.message().code().isRequest())
                  .map(packet -> packet.message().options().first(OptionNumber.OSCORE)))
          .doesNotHaveDuplicates();
    }

    @Test
    void endsAlsoWhenTheCancellationCannotBeProtected() {
      Notifications notifications = rig.observe(heard);
      rig.clientContext.close();
      notifications.cancel();
      rig.wire.settle();
      assertThat(heard).endsWith("CANCELLED");
      rig.wire.pass(Duration.ofSeconds(5));
      rig.set("met with Reset");
      assertThat(rig.state.observers()).isZero();
      assertThat(heard).doesNotContain("met with Reset");
      rig.assertNothingInClear();
    }

    @Test
    void theLastWordIsProtectedAndBelieved() {
      var unused = rig.observe(heard);
      rig.wire.pass(Duration.ofSeconds(5));
      rig.state.end(dev.moat.coap.service.Response.of(Code.NOT_FOUND));
      rig.wire.settle();
      assertThat(heard).endsWith("", "RESOURCE_ENDED");
      rig.assertNothingInClear();
    }

    @Test
    void needsNoProofOfAnAddressWhereNothingIsLimitedByIt() {
      EngineConfig open = EngineConfig.defaults().withAmplification(AmplificationPolicy.off());
      OscoreRig unguarded =
          new OscoreRig(StackConfig.defaults(), StackConfig.defaults().withEngine(open));
      var unused = unguarded.observe(heard);
      assertThat(unguarded.wire.sent).hasSize(2);
      assertThat(unguarded.state.observers()).isEqualTo(1);
    }

    /** Else the observer would take silence for a state that never changes. */
    @Test
    void tellsWhoIsNotRegisteredForWantOfRoom() {
      EngineConfig full =
          EngineConfig.defaults().withLimits(EngineLimits.defaults().withObservations(1, 1));
      OscoreRig crowded =
          new OscoreRig(StackConfig.defaults(), StackConfig.defaults().withEngine(full));
      var unused = crowded.observe(heard);
      Outcome second =
          crowded.outcome(
              crowded.to(Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0)));
      assertThat(responseOf(second).payload().toUtf8()).isEqualTo(SECRET);
      assertThat(((Outcome.Responded) second).reply()).isInstanceOf(Reply.Single.class);
      assertThat(crowded.state.observers()).isEqualTo(1);
    }

    @Test
    void survivesTheDailyCheckAlthoughNothingChanges() {
      var unused = rig.observe(heard);
      rig.wire.pass(Duration.ofHours(60));
      assertThat(rig.state.observers()).isEqualTo(1);
      rig.set("after days");
      assertThat(heard).endsWith("after days").doesNotContain("SILENT");
      rig.assertNothingInClear();
    }

    @Test
    void nobodyWithoutTheContextEndsIt() {
      var unused = rig.observe(heard);
      Bytes token = rig.wire.sent.get(0).message().token();
      for (VirtualWire.Packet packet : List.copyOf(rig.wire.sent)) {
        if (packet.message().code().isRequest()) {
          token = packet.message().token();
        }
      }
      var forged =
          new dev.moat.coap.message.Message(
              dev.moat.coap.message.MessageType.NON,
              9,
              Code.GET,
              token,
              dev.moat.coap.option.Options.of(Option.uint(OptionNumber.OBSERVE, 1)),
              Bytes.empty());
      rig.wire.send(
          new VirtualWire.Packet(
              VirtualWire.CLIENT, VirtualWire.SERVER, dev.moat.coap.codec.UdpCodec.encode(forged)));
      rig.wire.settle();
      assertThat(rig.state.observers()).isEqualTo(1);
    }
  }

  @Nested
  class WithoutSharedKeys {
    @Test
    void aWrongKeyIsDoubtWithinSeconds() {
      SecurityContext wrong = OscoreRig.derive(OscoreRig.parameters(8), 0);
      CompletionStage<Outcome> stage =
          rig.wire.request(
              rig.client,
              SecuredBy.secured(Request.to(VirtualWire.SERVER, Code.POST, "/lock"), wrong));
      rig.wire.pass(Duration.ofSeconds(3));
      Outcome.Unknown unknown = (Outcome.Unknown) OscoreRig.now(stage);
      assertThat(unknown.doubt()).isEqualTo(Outcome.Doubt.UNPROTECTED_ERROR);
      assertThat(unknown.unprotectedError().orElseThrow().payload().toUtf8())
          .isEqualTo("Decryption failed");
      assertThat(rig.moved).isEmpty();
      rig.assertEveryRequestIsProtected();
    }

    @Test
    void whatCannotBeProtectedDoesNotLeave() {
      SecurityContext exhausted = OscoreRig.derive(OscoreRig.parameters(7), 1L << 40);
      Outcome outcome =
          rig.outcome(
              SecuredBy.secured(Request.to(VirtualWire.SERVER, Code.GET, "/lock"), exhausted));
      assertThat(((Outcome.NotDelivered) outcome).cause()).isEqualTo(Outcome.Cause.NOT_SENDABLE);
      assertThat(rig.wire.sent).isEmpty();
    }

    @Test
    void aStackWithoutTheStageRefusesToSendInClear() {
      Stack plain =
          rig.wire.stack(
              dev.moat.coap.service.Peer.of(Bytes.of(192, 0, 2, 3), 1),
              StackConfig.defaults(),
              Router.of());
      Outcome outcome = OscoreRig.now(rig.wire.request(plain, rig.to(Code.GET, "/lock")));
      assertThat(((Outcome.NotDelivered) outcome).cause()).isEqualTo(Outcome.Cause.NOT_SENDABLE);
      assertThat(rig.wire.sent).isEmpty();
    }
  }

  @Test
  void erasesItsKeyedCiphersWhenItCloses() {
    List<Aead> open = new ArrayList<>();
    Crypto watched =
        (Crypto)
            Proxy.newProxyInstance(
                Crypto.class.getClassLoader(),
                new Class<?>[] {Crypto.class},
                (proxy, method, arguments) -> {
                  Object made = method.invoke(JdkCrypto.create(), arguments);
                  if (made instanceof Aead aead) {
                    open.add(aead);
                  }
                  return made;
                });
    Peer at = Peer.of(Bytes.of(192, 0, 2, 4), 1);
    OscoreConfig security = OscoreConfig.forRequestsOnly().withCrypto(watched);
    Stack stack = rig.wire.stack(at, StackConfig.defaults().withOscore(security), Router.of());
    Outcome outcome = OscoreRig.now(rig.wire.request(stack, rig.to(Code.GET, "/lock")));
    assertThat(responseOf(outcome).payload().toUtf8()).isEqualTo(SECRET);
    assertThat(open).hasSize(2);

    stack.close(rig.wire.clock.nowNanos());

    assertThat(open)
        .allSatisfy(
            aead ->
                assertThatThrownBy(() -> aead.seal(new byte[13], new byte[0], 0, new byte[8], 0, 0))
                    .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void refusesCriticalOptionsInsideUnderProtection() {
    Request strange = rig.to(Code.GET, "/lock").with(new Option(2049, Bytes.empty()));
    assertThat(rig.response(strange).code()).isEqualTo(Code.BAD_OPTION);
    rig.assertNothingInClear();
  }
}
