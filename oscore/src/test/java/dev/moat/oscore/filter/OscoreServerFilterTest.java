package dev.moat.oscore.filter;

import static dev.moat.oscore.filter.Contexts.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.RequestForm;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OscoreServerFilterTest {
  private final Requester requester = new Requester(Contexts.client());
  private final SecurityContext context = Contexts.server();
  private final ServerRig server = new ServerRig(context);

  @Nested
  class Admission {
    @Test
    void handsAGenuineRequestOnAndProtectsItsAnswer() {
      Requester.Asked asked = requester.ask(Requester.get());

      Response answer = server.answer(asked.outer());

      assertThat(answer.code()).isEqualTo(Code.CHANGED);
      assertThat(answer.payload().toUtf8()).doesNotContain("Hello");
      assertThat(asked.read(answer)).isEqualTo(Response.text(Code.CONTENT, "Hello World!"));
      assertThat(server.executed).hasSize(1);
      assertThat(server.executed.get(0).path()).isEqualTo("/oscore/hello/1");
      assertThat(server.verified).isEqualTo(server.executed);
    }

    @Test
    void tellsTheStagesFurtherInWhoAsksAndHow() {
      server.answer(requester.ask(Requester.get()).outer());

      Request inner = server.executed.get(0);
      assertThat(inner.arrival().security()).isEqualTo(Arrival.Security.OSCORE);
      assertThat(inner.arrival().token()).isEqualTo(Bytes.hex("aabb"));
      assertThat(inner.peer().association()).isEqualTo(context.association()).isNotZero();
      assertThat(inner.peer().address()).isEqualTo(CLIENT.address());
    }

    @Test
    void leavesAnUnprotectedRequestAsItIs() {
      Request plain = Contexts.arrived(Requester.get(), CLIENT, true);

      Response answer = server.answer(plain);

      assertThat(server.executed).containsExactly(plain);
      assertThat(plain.arrival().security()).isEqualTo(Arrival.Security.NONE);
      assertThat(answer.options().has(OptionNumber.OSCORE)).isFalse();
    }

    @Test
    void servesARequestThatNoMessageLayerDescribes() {
      Requester.Asked asked = requester.ask(Requester.get());
      Request outer = asked.outer();
      Request bare =
          new Request(
              outer.method(),
              outer.options(),
              outer.payload(),
              outer.peer(),
              outer.reliability(),
              Context.empty());

      assertThat(asked.read(server.answer(bare)).code()).isEqualTo(Code.CONTENT);
    }

    @Test
    @Tag("AT-02")
    void rejectsARequestMadeUnderAnotherContext() {
      Requester stranger =
          new Requester(Contexts.fresh(Contexts.client("fedcba9876543210").build()));

      Response answer = server.answer(stranger.ask(Requester.get()).outer());

      assertError(answer, Code.BAD_REQUEST, "Decryption failed");
      assertThat(server.executed).isEmpty();
    }

    @Test
    @Tag("AT-04")
    void rejectsASecondCopyAndExecutesOnce() {
      Request outer = requester.ask(Requester.put()).outer();
      server.answer(outer);

      Response second = server.answer(outer);

      assertError(second, Code.UNAUTHORIZED, "Replay detected");
      assertThat(server.executed).hasSize(1);
      assertThat(server.event(OscoreEvent.ReplayDetected.class)).isPresent();
    }

    @Test
    @Tag("AT-07")
    void tellsAReplayFromARequestWhoseAgeNobodyKnows() {
      Request held = requester.ask(Requester.put()).outer();
      server.clock.advanceNanos(3_600_000_000_000L);

      // An hour late and never seen: OSCORE alone verifies it, and gives no proof of freshness.
      server.answer(held);
      assertThat(server.executed).hasSize(1);
      assertThat(server.executed.get(0).options().has(OptionNumber.ECHO)).isFalse();

      // Seen before: that, OSCORE can tell.
      assertError(server.answer(held), Code.UNAUTHORIZED, "Replay detected");
    }
  }

  @Nested
  class Errors {
    @Test
    void tellsWhenTheContextIsUnknown() {
      ServerRig empty = new ServerRig();

      Response answer = empty.answer(requester.ask(Requester.get()).outer());

      assertError(answer, Code.UNAUTHORIZED, "Security context not found");
      assertThat(empty.event(OscoreEvent.ContextNotFound.class)).isPresent();
    }

    @Test
    void tellsWhenTheOptionCannotBeDecoded() {
      Request outer = requester.ask(Requester.get()).outer();

      assertError(
          server.answer(outer.with(new Option(OptionNumber.OSCORE, Bytes.hex("e0")))),
          Code.BAD_OPTION,
          "Failed to decode COSE");
      assertError(
          server.answer(outer.with(new Option(OptionNumber.OSCORE, Bytes.hex("0114")))),
          Code.BAD_OPTION,
          "Failed to decode COSE");
      assertError(
          server.answer(outer.withOptions(outer.options().plus(oscoreOf(outer)))),
          Code.BAD_OPTION,
          "Failed to decode COSE");
      assertThat(server.events)
          .extracting(e -> ((OscoreEvent.RequestRejected) e).reason())
          .containsExactly(Reason.RESERVED_FLAG, Reason.MISSING_KID, Reason.REPEATED_OPTION);
    }

    @Test
    void asksTheMessageLayerForSilenceWhenToldTo() {
      ServerRig silent = new ServerRig(s -> s.withSilentErrors(true));

      silent.answer(requester.ask(Requester.get()).outer());

      assertThat(silent.suppressed).isEqualTo(1);
      server.answer(requester.ask(Requester.get()).outer());
      assertThat(server.suppressed).isZero();
    }

    @Test
    void refusesToVerifyWithAWornOutKey() {
      SecurityContext worn =
          Contexts.fresh(
              Contexts.client("0123456789abcdef")
                  .keyUsageLimits(new KeyUsageLimits(1000, 1, 1))
                  .build()
                  .reversed());
      ServerRig strict = new ServerRig(worn);
      Request outer = requester.ask(Requester.get()).outer();
      strict.answer(outer.withPayload(Bytes.hex("00").plus(outer.payload())));

      Response answer = strict.answer(outer);

      assertError(answer, Code.UNAUTHORIZED, "Security context not found");
      assertThat(strict.executed).isEmpty();
    }

    private static Option oscoreOf(Request outer) {
      return new Option(
          OptionNumber.OSCORE, outer.options().first(OptionNumber.OSCORE).orElseThrow());
    }
  }

  @Nested
  class Trial {
    private final SecurityContext other = sharing("fedcba9876543210", "0b");
    private final SecurityContext mine = sharing("0123456789abcdef", "0a");
    private final ServerRig both = new ServerRig(other, mine);
    private final Requester asker =
        new Requester(
            Contexts.fresh(Contexts.client("0123456789abcdef").idContext(Bytes.hex("0a")).build()),
            RequestForm.WITHOUT_KID_CONTEXT);

    @Test
    void triesEveryContextThatSharesTheKid() {
      Requester.Asked asked = asker.ask(Requester.get());

      assertThat(asked.read(both.answer(asked.outer())).code()).isEqualTo(Code.CONTENT);
      assertThat(other.usage().forgeries()).isEqualTo(1);
    }

    @Test
    void chargesTheOthersNothingOnceItKnowsWhoAsks() {
      for (int i = 0; i < 10; i++) {
        both.answer(asker.ask(Requester.get()).outer());
      }

      assertThat(both.executed).hasSize(10);
      assertThat(other.usage().forgeries()).isEqualTo(1);
      assertThat(mine.usage().forgeries()).isZero();
    }

    @Test
    void forgetsAContextThatIsNoCandidateAnyMore() {
      both.answer(asker.ask(Requester.get()).outer());
      assertThat(both.contexts.remove(mine)).isTrue();
      SecurityContext third = sharing("aaaaaaaaaaaaaaaa", "0c");
      both.contexts.add(third);

      assertError(
          both.answer(asker.ask(Requester.get()).outer()), Code.BAD_REQUEST, "Decryption failed");
    }

    @Test
    void tellsAReplayRatherThanThatOthersFailed() {
      Request outer = asker.ask(Requester.get()).outer();
      both.answer(outer);

      assertError(both.answer(outer), Code.UNAUTHORIZED, "Replay detected");
    }

    @Test
    void goesOnWhenOneContextHasSeenThePartialIv() {
      Requester first =
          new Requester(
              Contexts.fresh(
                  Contexts.client("fedcba9876543210").idContext(Bytes.hex("0b")).build()),
              RequestForm.WITHOUT_KID_CONTEXT);
      both.answer(first.ask(Requester.get()).outer());

      both.answer(asker.ask(Requester.get()).outer());

      assertThat(both.executed).hasSize(2);
    }

    @Test
    void triesNoOtherKeyForAMessageThatNoKeyCanSave() {
      Request outer = asker.ask(Requester.get()).outer();

      Response answer = both.answer(outer.with(new Option(OptionNumber.OSCORE, Bytes.hex("0802"))));

      assertError(answer, Code.BAD_OPTION, "Failed to decode COSE");
      assertThat(other.usage().forgeries()).isZero();
    }

    @Test
    void takesTheOneWithTheKidContextWithoutTrial() {
      Requester precise =
          new Requester(
              Contexts.fresh(
                  Contexts.client("0123456789abcdef").idContext(Bytes.hex("0a")).build()));

      both.answer(precise.ask(Requester.get()).outer());

      assertThat(both.executed).hasSize(1);
      assertThat(other.usage().forgeries()).isZero();
    }

    @Test
    void remembersABoundedNumberOfPeers() {
      RecentContexts recent = new RecentContexts();
      for (int port = 0; port < 2000; port++) {
        recent.remember(Peer.of(CLIENT.address(), port), mine);
      }

      assertThat(recent.first(Peer.of(CLIENT.address(), 0), both())).containsExactly(other, mine);
      assertThat(recent.first(Peer.of(CLIENT.address(), 1999), both()))
          .containsExactly(mine, other);
    }

    private List<SecurityContext> both() {
      return List.of(other, mine);
    }

    private SecurityContext sharing(String secret, String idContext) {
      return Contexts.fresh(
          Contexts.client(secret).idContext(Bytes.hex(idContext)).build().reversed());
    }
  }

  @Test
  void tellsOnceThatAKeyIsNearlyWornOut() {
    SecurityContext worn =
        Contexts.fresh(
            Contexts.client("0123456789abcdef")
                .keyUsageLimits(new KeyUsageLimits(8, 8, 8))
                .build()
                .reversed());
    ServerRig rig = new ServerRig(worn);
    for (int i = 0; i < 8; i++) {
      rig.answer(requester.ask(Requester.get()).outer());
    }

    assertThat(rig.events).filteredOn(OscoreEvent.KeyUsageNearing.class::isInstance).hasSize(1);
    assertThat(rig.executed).hasSize(8);
  }

  @Test
  void tellsThatForgeriesAloneWearAKeyOut() {
    SecurityContext attacked =
        Contexts.fresh(
            Contexts.client("0123456789abcdef")
                .keyUsageLimits(new KeyUsageLimits(1000, 8, 1000))
                .build()
                .reversed());
    ServerRig rig = new ServerRig(attacked);
    Request outer = requester.ask(Requester.get()).outer();
    Request forged = outer.withPayload(Bytes.hex("00").plus(outer.payload()));
    for (int i = 0; i < 6; i++) {
      rig.answer(forged);
    }
    assertThat(rig.events).noneMatch(OscoreEvent.KeyUsageNearing.class::isInstance);
    for (int i = 0; i < 6; i++) {
      rig.answer(forged);
    }

    assertThat(rig.events).filteredOn(OscoreEvent.KeyUsageNearing.class::isInstance).hasSize(1);
    assertThat(rig.executed).isEmpty();
  }

  private static void assertError(Response answer, Code code, String diagnostic) {
    assertThat(answer)
        .isEqualTo(
            Response.diagnostic(code, diagnostic).with(Option.uint(OptionNumber.MAX_AGE, 0)));
  }
}
