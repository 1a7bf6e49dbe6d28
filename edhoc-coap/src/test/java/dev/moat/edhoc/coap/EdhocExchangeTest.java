package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.coap.service.ResponseGate.Accepted;
import dev.moat.coap.service.ResponseGate.Doubtful;
import dev.moat.coap.service.ResponseGate.Ignored;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.coap.EdhocExchange.Ending;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EdhocExchangeTest {
  private static final Request REQUEST =
      Request.to(Peer.of(Bytes.of(127, 0, 0, 1), 5683), Code.POST, "/e");
  private static final Response GENUINE = EdhocMessages.response(Bytes.hex("41aa"));
  private static final Response FORGED = EdhocMessages.response(Bytes.hex("41bb"));

  private final AtomicReference<ResponseGate> gate = new AtomicReference<>();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  private CompletableFuture<Ending<Bytes>> begin(boolean patient) {
    return EdhocExchange.send(
            REQUEST,
            response ->
                response.equals(GENUINE) ? Optional.of(response.payload()) : Optional.empty(),
            request -> {
              gate.set(request.context().find(ResponseGate.KEY).orElseThrow());
              return outcome;
            },
            patient)
        .toCompletableFuture();
  }

  private ResponseGate.Verdict judge(Response response) {
    return gate.get().judge(response);
  }

  private void conclude(Response response) {
    outcome.complete(new Outcome.Responded(REQUEST, Reply.of(response)));
  }

  private static Response block(Code code, int number, int value) {
    return Response.of(code).with(Option.uint(number, value));
  }

  @Test
  void acceptsTheGenuineResponseAndNothingAfterIt() {
    var ending = begin(true);
    assertThat(judge(FORGED)).isInstanceOf(Ignored.class);
    assertThat(judge(GENUINE)).isInstanceOf(Accepted.class);
    assertThat(judge(GENUINE)).isInstanceOf(Ignored.class);
    conclude(GENUINE);
    assertThat(ending.join().accepted()).contains(Bytes.hex("41aa"));
  }

  @Test
  void doubtsErrorsAndForTheImpatientWhatDoesNotVerify() {
    var ending = begin(false);
    assertThat(judge(FORGED)).isInstanceOf(Doubtful.class);
    Response error = EdhocMessages.error(Reason.BAD_EAD);
    assertThat(judge(error)).isInstanceOf(Doubtful.class);
    outcome.complete(
        new Outcome.Unknown(REQUEST, Outcome.Doubt.UNPROTECTED_ERROR, Optional.of(error)));
    assertThat(ending.join().error()).contains(error);
    assertThat(ending.join().accepted()).isEmpty();
  }

  @Test
  void letsPartsOfMessagesThrough() {
    var ending = begin(true);
    assertThat(judge(Response.of(Code.CONTINUE))).isInstanceOf(Accepted.class);
    assertThat(judge(block(Code.REQUEST_ENTITY_TOO_LARGE, OptionNumber.BLOCK1, 6)))
        .isInstanceOf(Accepted.class);
    assertThat(judge(Response.of(Code.REQUEST_ENTITY_TOO_LARGE))).isInstanceOf(Doubtful.class);
    assertThat(judge(block(Code.CHANGED, OptionNumber.BLOCK2, 0x0a))).isInstanceOf(Accepted.class);
    assertThat(judge(block(Code.CHANGED, OptionNumber.BLOCK2, 0x12))).isInstanceOf(Accepted.class);
    assertThat(judge(block(Code.CHANGED, OptionNumber.BLOCK2, 0x02))).isInstanceOf(Ignored.class);
    conclude(GENUINE);
    assertThat(ending.join().accepted()).contains(Bytes.hex("41aa"));
  }

  @Test
  void refusesAWholeThatDoesNotVerify() {
    var ending = begin(true);
    conclude(FORGED);
    assertThat(ending.join().accepted()).isEmpty();
  }

  @Test
  void returnsOneEchoOnly() {
    var ending = begin(true);
    Response challenge =
        Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, Bytes.of(1)));
    assertThat(judge(challenge)).isInstanceOf(Accepted.class);
    assertThat(judge(challenge)).isInstanceOf(Doubtful.class);
    assertThat(judge(Response.of(Code.UNAUTHORIZED))).isInstanceOf(Doubtful.class);
    conclude(challenge);
    assertThat(ending.join().accepted()).isEmpty();
  }

  @Test
  void endsEmptyHandedWhenNothingLeft() {
    var ending = begin(true);
    outcome.complete(new Outcome.NotDelivered(REQUEST, Outcome.Cause.SEND_FAILED));
    assertThat(ending.join()).isEqualTo(new Ending<>(Optional.empty(), Optional.empty()));
  }
}
