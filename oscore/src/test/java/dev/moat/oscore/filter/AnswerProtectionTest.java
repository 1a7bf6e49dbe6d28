package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the answers to a verified request leave (RFC 8613, Section 8.3). */
class AnswerProtectionTest {
  private final Requester requester = new Requester(Contexts.client());
  private final SecurityContext context = Contexts.server();
  private final ServerRig server = new ServerRig(context);

  @Test
  void protectsErrorsOfTheResourceToo() {
    server.answers(Response.diagnostic(Code.NOT_FOUND, "no such lock"));
    Requester.Asked asked = requester.ask(Requester.get());

    Response answer = server.answer(asked.outer());

    assertThat(answer.code()).isEqualTo(Code.CHANGED);
    assertThat(asked.read(answer).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void usesTheRequestsNonceForItsOneAnswer() throws OscoreException {
    Requester.Asked asked = requester.ask(Requester.get());

    assertThat(asked.partialIv(server.answer(asked.outer()))).isEmpty();
    assertThat(context.senderSequence().next()).isZero();
  }

  @Test
  void protectsA500WhenAStageFurtherInFails() {
    server.resource = request -> CompletableFuture.failedFuture(new IllegalStateException("x"));
    Requester.Asked asked = requester.ask(Requester.get());
    assertThat(asked.read(server.answer(asked.outer())))
        .isEqualTo(Response.of(Code.INTERNAL_SERVER_ERROR));

    server.resource =
        request -> {
          throw new IllegalStateException("secret");
        };
    Requester.Asked again = requester.ask(Requester.get());
    assertThat(again.read(server.answer(again.outer())).code())
        .isEqualTo(Code.INTERNAL_SERVER_ERROR);
    assertThat(server.event(OscoreEvent.StageFailed.class).orElseThrow().describe())
        .contains("IllegalStateException")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {OptionNumber.ETAG, OptionNumber.OSCORE})
  void protectsA500InPlaceOfAnAnswerThatHasNoForm(int number) {
    Bytes long64KiB = Bytes.owned(new byte[1 << 16]).plus(Bytes.owned(new byte[1 << 10]));
    server.answers(Response.of(Code.CONTENT).with(new Option(number, long64KiB)));
    Requester.Asked asked = requester.ask(Requester.get());

    assertThat(asked.read(server.answer(asked.outer())))
        .isEqualTo(Response.of(Code.INTERNAL_SERVER_ERROR));
  }

  @Test
  void sendsNothingOfAnAnswerThatCannotBeProtected() {
    SecurityContext closing = Contexts.server();
    ServerRig rig = new ServerRig(closing);
    rig.resource =
        request -> {
          closing.close();
          return CompletableFuture.completedFuture(
              Reply.of(Response.text(Code.CONTENT, "the code is 4711")));
        };

    Response answer = rig.answer(requester.ask(Requester.get()).outer());

    assertThat(answer).isEqualTo(Response.of(Code.INTERNAL_SERVER_ERROR));
    assertThat(rig.event(OscoreEvent.ProtectionFailed.class)).isPresent();
  }

  @Test
  void failsClosedWhenNoSequenceNumberCanBeReserved() {
    SecurityContext exhausted =
        SecurityContext.derive(
            Contexts.client("0123456789abcdef").build().reversed(),
            Contexts.CRYPTO,
            InsecureVolatileReservations.start(SequenceReservations.LIMIT),
            Provenance.FRESH);
    ServerRig rig = new ServerRig(exhausted);

    Response answer = rig.answer(requester.ask(Requester.observe(0)).outer());

    assertThat(answer).isEqualTo(Response.of(Code.INTERNAL_SERVER_ERROR));
    assertThat(rig.event(OscoreEvent.ProtectionFailed.class).orElseThrow().reason())
        .isEqualTo(Reason.SEQUENCE_EXHAUSTED);
  }

  @Test
  void ignoresTheOuterNoResponseAndObeysTheInnerOne() {
    Option all = Option.uint(OptionNumber.NO_RESPONSE, 26);
    Request outer = requester.ask(Requester.get()).outer();
    server.answer(outer.with(all));
    assertThat(server.suppressed).isZero();

    server.answer(requester.ask(Requester.get().with(all)).outer());
    assertThat(server.suppressed).isEqualTo(1);

    Option errorsOnly = Option.uint(OptionNumber.NO_RESPONSE, 8 + 16);
    server.answer(requester.ask(Requester.get().with(errorsOnly)).outer());
    assertThat(server.suppressed).isEqualTo(1);
  }

  @Test
  void dropsThePayloadOfAnUnsafeAnswerThatIsTooLongForAnUnprovenAddress() {
    server.answers(Response.text(Code.CHANGED, "x".repeat(200)));
    server.budget = OptionalInt.of(136);
    Requester.Asked asked = requester.ask(Requester.put());

    Response answer = server.answer(asked.outer());

    assertThat(asked.read(answer).payload().isEmpty()).isTrue();
    assertThat(asked.read(answer).code()).isEqualTo(Code.CHANGED);
    assertThat(server.event(OscoreEvent.Shortened.class)).isPresent();
  }

  @Test
  void leavesAnAnswerThatFitsOrMayBeAskedForAgain() {
    server.budget = OptionalInt.of(136);
    server.answers(Response.text(Code.CHANGED, "x".repeat(20)));
    Requester.Asked fits = requester.ask(Requester.put());
    assertThat(fits.read(server.answer(fits.outer())).payload().length()).isEqualTo(20);

    server.answers(Response.of(Code.CHANGED));
    Requester.Asked empty = requester.ask(Requester.put());
    assertThat(empty.read(server.answer(empty.outer())).payload().isEmpty()).isTrue();

    server.answers(Response.text(Code.CONTENT, "x".repeat(200)));
    Requester.Asked safe = requester.ask(Requester.get());
    assertThat(safe.read(server.answer(safe.outer())).payload().length()).isEqualTo(200);
    assertThat(server.event(OscoreEvent.Shortened.class)).isEmpty();
  }

  @Test
  void stripsAnObserveThatAnswersNoRegistration() {
    server.answers(Response.text(Code.CONTENT, "x").with(Option.uint(OptionNumber.OBSERVE, 7)));
    Requester.Asked asked = requester.ask(Requester.get());

    assertThat(asked.read(server.answer(asked.outer())).options().has(OptionNumber.OBSERVE))
        .isFalse();
  }

  @Test
  void protectsA500ForAnAnswerWithoutFormToAnUnprovenAddressToo() {
    Bytes long66KiB = Bytes.owned(new byte[66 << 10]);
    server.answers(Response.text(Code.CHANGED, "x").with(new Option(OptionNumber.ETAG, long66KiB)));
    server.budget = OptionalInt.of(136);
    Requester.Asked asked = requester.ask(Requester.put());

    assertThat(asked.read(server.answer(asked.outer())))
        .isEqualTo(Response.of(Code.INTERNAL_SERVER_ERROR));
  }
}
