package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import org.junit.jupiter.api.Test;

class SendFailureTest {
  private final Driver node = new Driver(OPEN);

  private Request sendGet() {
    Request request = Request.to(BOB, Code.GET, "/lock");
    node.engine.send(request, node.now());
    node.drain();
    return request;
  }

  private void fail(Driver driver, int sent) {
    driver.engine.onSendFailed(BOB, driver.sent.get(sent).datagram(), driver.now());
    driver.drain();
  }

  @Test
  void ofTheOnlyCopyProvesThatNothingWasDone() {
    Request request = sendGet();
    fail(node, 0);
    assertThat(node.outcomes)
        .containsExactly(new Outcome.NotDelivered(request, Outcome.Cause.SEND_FAILED));
  }

  @Test
  void ofAnotherDatagramProvesNothing() {
    sendGet();
    node.engine.onSendFailed(ALICE, node.sent.get(0).datagram(), node.now());
    node.engine.onSendFailed(BOB, Bytes.of(0x60, 0, 0, 1), node.now());
    node.drain();
    assertThat(node.outcomes).isEmpty();
  }

  @Test
  void ofARetransmissionProvesNothing() {
    sendGet();
    node.pass(4);
    fail(node, 1);
    assertThat(node.outcomes).isEmpty();
  }

  @Test
  void ofASeparateAnswerIsALossLikeAnyOther() {
    node.receive(BOB, Driver.get(MessageType.CON, 7, 1));
    node.pass(1);
    node.respond(Driver.content(1));
    fail(node, 1);
    node.pass(4);
    assertThat(node.sent).hasSize(3);
  }
}
