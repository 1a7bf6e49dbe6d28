package dev.moat.cost.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AwaitedTest {
  private static final Request REQUEST =
      Request.to(Peer.of(Bytes.of(127, 0, 0, 1), 5683), Code.GET, "/lux");

  private static MeasurementFailure failure(CompletableFuture<Outcome> ended) {
    return catchThrowableOfType(
        MeasurementFailure.class,
        () -> Awaited.response("edhoc-3", "first request", ended, Bytes.utf8("120")));
  }

  private static MeasurementFailure failure(Outcome outcome) {
    return failure(CompletableFuture.completedFuture(outcome));
  }

  private static Outcome responded(Code code, String payload) {
    Response response = Response.of(code).withPayload(Bytes.utf8(payload));
    return new Outcome.Responded(REQUEST, Reply.of(response));
  }

  @Test
  void isContentWithWhatWasExpected() {
    assertThat(failure(responded(Code.CONTENT, "120"))).isNull();
  }

  @Test
  void namesScenarioAndStepAndWhy() {
    MeasurementFailure failure = failure(responded(Code.NOT_FOUND, ""));
    assertThat(failure.scenario()).isEqualTo("edhoc-3");
    assertThat(failure.step()).isEqualTo("first request");
    assertThat(failure).hasMessage("edhoc-3, first request: an unexpected answer of code 4.04");
  }

  @Test
  void saysHowARequestEnded() {
    assertThat(
            failure(
                new Outcome.NotDelivered(
                    REQUEST, Outcome.Cause.CLOSED, Optional.of("the end of the day"))))
        .hasMessageEndingWith("not sent, CLOSED: the end of the day");
    assertThat(failure(new Outcome.NotDelivered(REQUEST, Outcome.Cause.QUEUE_FULL)))
        .hasMessageEndingWith("not sent, QUEUE_FULL");
    assertThat(failure(new Outcome.Unknown(REQUEST, Outcome.Doubt.NO_RESPONSE)))
        .hasMessageEndingWith("no answer that counts: NO_RESPONSE");
  }

  @Test
  void keepsTheCauseOfAFault() {
    IllegalStateException fault = new IllegalStateException("out of order");
    assertThat(failure(CompletableFuture.failedFuture(fault)))
        .hasRootCause(fault)
        .hasMessageContaining("out of order");
    assertThat(new MeasurementFailure("a", "b", new IllegalStateException()))
        .hasMessageContaining("IllegalStateException");
  }

  @Test
  void endsWhenItIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Awaited.response(
                    "edhoc-3", "first request", new CompletableFuture<>(), Bytes.empty()))
        .isInstanceOf(MeasurementFailure.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
