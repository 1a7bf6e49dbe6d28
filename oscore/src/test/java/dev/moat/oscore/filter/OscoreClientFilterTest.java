package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Outcome.Cause;
import dev.moat.coap.service.Outcome.Doubt;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import dev.moat.oscore.context.SequenceReservations;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OscoreClientFilterTest {
  private static final Response CHALLENGE =
      Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, Bytes.hex("e0e1")));

  private final SecurityContext context = Contexts.client();
  private final ClientRig client = new ClientRig();
  private final ServerRig server = new ServerRig(Contexts.server());

  @Test
  void protectsTheRequestAndGivesTheVerifiedAnswer() {
    Request request = SecuredBy.secured(Requester.get(), context);
    CompletableFuture<Outcome> call = client.call(request);

    assertThat(client.last().receives(answerTo(client.last()))).isTrue();

    assertThat(call.join())
        .isEqualTo(
            new Outcome.Responded(request, Reply.of(Response.text(Code.CONTENT, "Hello World!"))));
  }

  @Test
  void keepsTheStagesAboveApartByAssociationAndTheWireByAddress() {
    AtomicReference<Request> above = new AtomicReference<>();
    Request request = SecuredBy.secured(Requester.get(), context);
    CompletableFuture<Outcome> call =
        new SecureAssociation()
            .handle(
                request,
                associated -> {
                  above.set(associated);
                  return client.call(associated);
                })
            .toCompletableFuture();
    assertThat(client.last().receives(answerTo(client.last()))).isTrue();

    assertThat(above.get().peer().association()).isEqualTo(context.association());
    assertThat(client.last().outer.peer()).isEqualTo(Contexts.SERVER);
    assertThat(call.join().request()).isEqualTo(request);
  }

  @Nested
  class NoSilentPlaintext {
    @Test
    void letsOnlyUnsecuredRequestsPassWithoutProtection() {
      Request plain = Requester.get();
      CompletableFuture<Outcome> call = client.call(plain);
      CompletableFuture<Outcome> above =
          new SecureAssociation().handle(plain, client::call).toCompletableFuture();

      assertThat(client.wire).extracting(sent -> sent.outer).containsExactly(plain, plain);
      assertThat(client.last().outer.context().has(ResponseGate.KEY)).isFalse();
      assertThat(call).isNotDone();
      assertThat(above).isNotDone();
    }

    @Test
    @Tag("AT-01")
    void showsNothingOfPathPayloadAndMethodOnTheWire() {
      CompletableFuture<Outcome> call =
          client.call(Requester.put().with(Option.text(OptionNumber.URI_QUERY, "who=me")), context);

      Request outer = client.last().outer;
      assertThat(outer.method()).isEqualTo(Code.POST);
      assertThat(outer.options().toList())
          .extracting(Option::number)
          .containsExactly(OptionNumber.OSCORE);
      assertThat(outer.payload().toUtf8()).doesNotContain("unlock").doesNotContain("lock");
      assertThat(call).isNotDone();
    }

    @Test
    void deliversNothingUnderAClosedContext() {
      context.close();

      assertNotSent(client.call(Requester.get(), context), Reason.CONTEXT_NOT_FOUND);
    }

    @Test
    @Tag("LK-059")
    void deliversNothingBeyondTheKeyUsageLimit() {
      SecurityContext worn =
          Contexts.fresh(
              Contexts.client("0123456789abcdef")
                  .keyUsageLimits(new KeyUsageLimits(1, 1, 1))
                  .build());
      assertThat(client.call(Requester.get(), worn)).isNotDone();
      client.wire.clear();

      assertNotSent(client.call(Requester.get(), worn), Reason.KEY_USAGE_LIMIT);
      assertThat(client.event(OscoreEvent.KeyUsageNearing.class)).isPresent();
    }

    @Test
    void deliversNothingWithoutASequenceNumber() {
      SecurityContext exhausted =
          derived(InsecureVolatileReservations.start(SequenceReservations.LIMIT));
      assertNotSent(client.call(Requester.get(), exhausted), Reason.SEQUENCE_EXHAUSTED);

      SecurityContext full =
          derived(
              count -> {
                throw new ReservationException(ReservationException.Reason.FULL, "disk full");
              });
      client.events.clear();
      assertNotSent(client.call(Requester.get(), full), Reason.RESERVATION_FAILED);
    }

    @Test
    void deliversNothingToAGroup() {
      Peer group = Peer.of(Bytes.of(224, 0, 1, 187), 5683);
      Request request = Request.to(group, Code.GET, "x");

      CompletableFuture<Outcome> call = client.call(request, context);

      assertThat(call.join()).isInstanceOf(Outcome.NotDelivered.class);
      assertThat(client.wire).isEmpty();
    }

    @Test
    void deliversNothingThatHasAnOscoreOptionOfItsOwn() {
      Request nested = Requester.get().with(new Option(OptionNumber.OSCORE, Bytes.empty()));

      assertNotSent(client.call(nested, context), Reason.NESTED);
    }

    @Test
    void deliversNothingThatHasNoForm() {
      Bytes tooLong = Bytes.owned(new byte[1 << 16]).plus(Bytes.owned(new byte[1 << 10]));
      Request formless = Requester.get().with(new Option(OptionNumber.URI_QUERY, tooLong));

      assertNotSent(client.call(formless, context), Reason.OPTION_TOO_LONG);
    }

    private void assertNotSent(CompletableFuture<Outcome> call, Reason reason) {
      assertThat(call.join())
          .isInstanceOfSatisfying(
              Outcome.NotDelivered.class,
              outcome -> assertThat(outcome.cause()).isEqualTo(Cause.NOT_SENDABLE));
      assertThat(client.wire).isEmpty();
      assertThat(client.event(OscoreEvent.ProtectionFailed.class).orElseThrow().reason())
          .isEqualTo(reason);
    }

    private SecurityContext derived(SequenceReservations reservations) {
      return SecurityContext.derive(
          Contexts.client("0123456789abcdef").build(),
          Contexts.CRYPTO,
          reservations,
          Provenance.FRESH);
    }
  }

  @Nested
  class Section84 {
    @Test
    void waitsOnAfterAForgedResponseForTheGenuineOne() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      Response genuine = answerTo(client.last());
      byte[] octets = genuine.payload().toArray();
      octets[3] ^= 0x10;

      assertThat(client.last().receives(genuine.withPayload(Bytes.owned(octets)))).isFalse();
      assertThat(call).isNotDone();
      assertThat(client.event(OscoreEvent.ResponseRejected.class).orElseThrow().reason())
          .isEqualTo(Reason.DECRYPTION_FAILED);
      assertThat(client.last().receives(genuine)).isTrue();
      assertThat(call.join()).isInstanceOf(Outcome.Responded.class);
    }

    @Test
    void ignoresAnUnprotectedSuccess() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);

      assertThat(client.last().judged(Response.text(Code.CONTENT, "all is well")))
          .isInstanceOf(ResponseGate.Ignored.class);
      assertThat(client.last().judged(Response.of(Code.CONTINUE)))
          .isInstanceOf(ResponseGate.Ignored.class);
      assertThat(call).isNotDone();
    }

    @Test
    void doubtsAnUnprotectedError() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      Response error = Response.diagnostic(Code.UNAUTHORIZED, "Security context\nnot found");

      assertThat(client.last().judged(error)).isEqualTo(new ResponseGate.Doubtful(error));
      assertThat(client.event(OscoreEvent.UnprotectedResponse.class).orElseThrow().describe())
          .contains("4.01")
          .contains("Security context?not found");
      assertThat(call).isNotDone();
    }

    @Test
    void passesOnWhatTheMessageLayerConcluded() {
      CompletableFuture<Outcome> unknown = client.call(Requester.get(), context);
      client
          .last()
          .concludes(
              new Outcome.Unknown(
                  client.last().outer, Doubt.UNPROTECTED_ERROR, Optional.of(CHALLENGE)));
      assertThat(unknown.join())
          .isInstanceOfSatisfying(
              Outcome.Unknown.class,
              outcome -> assertThat(outcome.unprotectedError()).hasValue(CHALLENGE));

      CompletableFuture<Outcome> unsent = client.call(Requester.get(), context);
      client.last().concludes(new Outcome.NotDelivered(client.last().outer, Cause.QUEUE_FULL));
      assertThat(unsent.join()).isInstanceOf(Outcome.NotDelivered.class);
    }

    @Test
    void believesNoResponseThatDidNotPassTheGate() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      ClientRig.Sent sent = client.last();

      sent.concludes(
          new Outcome.Responded(
              sent.outer, new Reply.Observed(Response.text(Code.CONTENT, "forged"), sent)));

      assertDoubt(call, Doubt.UNVERIFIED);
      assertThat(sent.cancelled).isTrue();
    }

    @Test
    void ignoresANotificationThatNobodyAskedFor() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      // A server that answers every request as if it were a registration.
      Response answer = answerTo(client.last());

      assertThat(client.last().receives(answer.with(Option.uint(OptionNumber.OBSERVE, 5))))
          .isTrue();
      assertThat(((Outcome.Responded) call.join()).reply()).isInstanceOf(Reply.Single.class);
    }
  }

  @Nested
  class OuterBlocks {
    @Test
    void verifiesAResponseThatCameInPartsAsAWhole() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      ClientRig.Sent sent = client.last();
      Response whole = answerTo(sent);
      Response part =
          whole.with(new Option(OptionNumber.BLOCK2, Bytes.hex("08"))).withPayload(Bytes.hex("00"));

      ResponseGate.Verdict first = sent.judged(part);
      ResponseGate.Verdict last = sent.judged(part.with(block2("10")));
      sent.concludes(new Outcome.Responded(sent.outer, Reply.of(whole)));

      assertThat(first).isInstanceOf(ResponseGate.Accepted.class);
      assertThat(last).isInstanceOf(ResponseGate.Accepted.class);
      assertThat(((Outcome.Responded) call.join()).response())
          .isEqualTo(Response.text(Code.CONTENT, "Hello World!"));
    }

    @Test
    void doubtsAWholeThatDoesNotVerify() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      ClientRig.Sent sent = client.last();
      Response whole = answerTo(sent);

      sent.concludes(
          new Outcome.Responded(
              sent.outer, Reply.of(whole.withPayload(whole.payload().plus(Bytes.hex("00"))))));

      assertDoubt(call, Doubt.UNVERIFIED);
    }

    @Test
    void beginsNoObservationByAPart() {
      CompletableFuture<Outcome> call = client.call(Requester.observe(0), context);
      Response part =
          new Response(
              Code.CONTENT,
              answerTo(client.last())
                  .options()
                  .with(Option.uint(OptionNumber.OBSERVE, 3))
                  .with(block2("08")),
              Bytes.hex("00"));

      assertThat(client.last().judged(part))
          .isInstanceOfSatisfying(
              ResponseGate.Accepted.class,
              accepted ->
                  assertThat(accepted.response().options().has(OptionNumber.OBSERVE)).isFalse());
      assertThat(call).isNotDone();
    }

    @Test
    void takesASingleBlockForTheWhole() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);

      assertThat(client.last().receives(answerTo(client.last()).with(block2("00")))).isTrue();
      assertThat(call.join()).isInstanceOf(Outcome.Responded.class);
    }

    private Option block2(String value) {
      return new Option(OptionNumber.BLOCK2, Bytes.hex(value));
    }
  }

  @Nested
  class OuterEcho {
    @Test
    void repeatsASafeRequestOnceUnderANewPartialIv() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      assertThat(client.last().receives(CHALLENGE)).isTrue();

      assertThat(client.wire).hasSize(2);
      Request first = client.wire.get(0).outer;
      Request second = client.last().outer;
      assertThat(second.options().first(OptionNumber.ECHO)).hasValue(Bytes.hex("e0e1"));
      assertThat(second.options().first(OptionNumber.OSCORE))
          .isNotEqualTo(first.options().first(OptionNumber.OSCORE));
      assertThat(client.last().receives(answerTo(client.last()))).isTrue();
      assertThat(call.join()).isInstanceOf(Outcome.Responded.class);
      assertThat(server.executed.get(0).options().has(OptionNumber.ECHO)).isFalse();
    }

    @Test
    void doubtsASecondChallenge() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      assertThat(client.last().receives(CHALLENGE)).isTrue();

      assertThat(client.last().judged(CHALLENGE)).isInstanceOf(ResponseGate.Doubtful.class);
      assertThat(client.wire).hasSize(2);
      assertThat(call).isNotDone();
    }

    /** Also not what is idempotent: the first copy may be held back, and act after the second. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 7})
    void neverRepeatsWhatActs(int method) {
      Request acting = Requester.put().withMethod(Code.ofOctet(method));
      CompletableFuture<Outcome> call = client.call(acting, context);

      assertThat(client.last().judged(CHALLENGE)).isInstanceOf(ResponseGate.Doubtful.class);
      assertThat(client.wire).hasSize(1);
      assertThat(call).isNotDone();
    }

    @Test
    void repeatsForNothingButAChallenge() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      Response other =
          Response.of(Code.FORBIDDEN).with(new Option(OptionNumber.ECHO, Bytes.hex("e0")));

      assertThat(client.last().judged(other)).isInstanceOf(ResponseGate.Doubtful.class);
      assertThat(client.last().judged(Response.of(Code.UNAUTHORIZED)))
          .isInstanceOf(ResponseGate.Doubtful.class);
      assertThat(call).isNotDone();
    }

    @Test
    void doesNotCallThePairUndeliveredBecauseTheSecondWas() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      client.wire.get(0);
      context.close();
      assertThat(client.last().receives(CHALLENGE)).isTrue();

      assertDoubt(call, Doubt.UNPROTECTED_ERROR);
    }

    @Test
    void keepsTheDoubtOfTheSecondCopy() {
      CompletableFuture<Outcome> call = client.call(Requester.get(), context);
      assertThat(client.last().receives(CHALLENGE)).isTrue();
      client.last().concludes(new Outcome.Unknown(client.last().outer, Doubt.NO_RESPONSE));

      assertDoubt(call, Doubt.NO_RESPONSE);
    }
  }

  @Test
  void givesAProtectedChallengeToTheStageAboveAsProofThatNothingWasDone() {
    ServerRig restarted = new ServerRig(Contexts.restored(100));
    CompletableFuture<Outcome> call = client.call(Requester.put().withMethod(Code.POST), context);
    Response challenge =
        restarted.answer(Contexts.arrived(client.last().outer, Contexts.CLIENT, true));

    assertThat(client.last().receives(challenge)).isTrue();

    Response seen = ((Outcome.Responded) call.join()).response();
    assertThat(seen.code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(seen.options().has(OptionNumber.ECHO)).isTrue();
    assertThat(client.wire).hasSize(1);
    Request echoing =
        Requester.put()
            .withMethod(Code.POST)
            .with(new Option(OptionNumber.ECHO, seen.options().first(OptionNumber.ECHO).get()));
    CompletableFuture<Outcome> retry = client.call(echoing, context);
    assertThat(client.last().outer.options().has(OptionNumber.ECHO)).isFalse();
    assertThat(
            client
                .last()
                .receives(
                    restarted.answer(Contexts.arrived(client.last().outer, Contexts.CLIENT, true))))
        .isTrue();
    assertThat(((Outcome.Responded) retry.join()).response().code()).isEqualTo(Code.CONTENT);
    assertThat(restarted.executed).hasSize(1);
  }

  private Response answerTo(ClientRig.Sent sent) {
    return server.answer(Contexts.arrived(sent.outer, Contexts.CLIENT, true));
  }

  private static void assertDoubt(CompletableFuture<Outcome> call, Doubt doubt) {
    assertThat(call.join())
        .isInstanceOfSatisfying(
            Outcome.Unknown.class, outcome -> assertThat(outcome.doubt()).isEqualTo(doubt));
  }
}
