package dev.moat.edhoc.coap.combined;

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
import dev.moat.coap.service.Service;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.message.ConnectionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CombinedClientTest {
  private static final Peer PEER = Peer.of(Bytes.of(192, 0, 2, 2), 5683);
  private static final Bytes MESSAGE_3 = Bytes.hex("4401020304");

  private final PendingMessage3 pending =
      new PendingMessage3(
          EdhocMessages.request(PEER, "/e", new EdhocBody.Next(ConnectionId.of(5), MESSAGE_3)),
          MESSAGE_3);
  private final CombinedClient client = new CombinedClient(200);
  private final List<Request> sent = new ArrayList<>();
  private final List<CompletableFuture<Outcome>> open = new ArrayList<>();
  private final Service<Request, Outcome> pipeline = client.outer().around(this::protect);

  /** Stands for OSCORE and all below. */
  private CompletionStage<Outcome> protect(Request request) {
    Request sealed =
        request.context().has(PendingMessage3.KEY)
            ? request.with(new Option(OptionNumber.OSCORE, Bytes.of(9)))
            : request;
    return client.inner().handle(sealed, this::transmit);
  }

  private CompletionStage<Outcome> transmit(Request request) {
    sent.add(request);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    open.add(outcome);
    return outcome;
  }

  private CompletableFuture<Outcome> send(String payload) {
    Request request =
        Request.to(PEER, Code.PUT, "/lock")
            .withPayload(Bytes.utf8(payload))
            .withFact(PendingMessage3.KEY, pending);
    return pipeline.handle(request).toCompletableFuture();
  }

  private void answer(int index) {
    open.get(index)
        .complete(new Outcome.Responded(sent.get(index), Reply.of(Response.of(Code.CHANGED))));
  }

  private void lose(int index) {
    open.get(index).complete(new Outcome.Unknown(sent.get(index), Outcome.Doubt.NO_RESPONSE));
  }

  private boolean carries(int index) {
    return sent.get(index).options().has(OptionNumber.EDHOC);
  }

  @Test
  void putsMessage3BeforeTheCiphertext() {
    var outcome = send("ab");
    assertThat(sent.get(0).payload()).isEqualTo(MESSAGE_3.plus(Bytes.utf8("ab")));
    answer(0);
    assertThat(outcome.join()).isInstanceOf(Outcome.Responded.class);
    assertThat(outcome.join().request().payload()).isEqualTo(Bytes.utf8("ab"));
    var unused = send("c");
    assertThat(carries(1)).isFalse();
  }

  @Test
  void letsOthersWaitUntilItHasArrived() {
    var first = send("a");
    var second = send("b");
    var third = send("c");
    assertThat(sent).hasSize(1);
    lose(0);
    assertThat(first.join()).isInstanceOf(Outcome.Unknown.class);
    assertThat(sent).hasSize(2);
    assertThat(carries(1)).isTrue();
    answer(1);
    assertThat(sent).hasSize(3);
    assertThat(carries(2)).isFalse();
    answer(2);
    assertThat(List.of(second.join(), third.join())).hasOnlyElementsOfType(Outcome.Responded.class);
  }

  @Test
  void letsNoMoreWaitThanItHasRoomFor() {
    var unused = send("first");
    for (int i = 0; i < PendingMessage3.MAX_WAITING; i++) {
      assertThat(send("waits")).isNotCompleted();
    }
    Outcome refused = send("too many").join();
    assertThat(refused).isInstanceOf(Outcome.NotDelivered.class);
    assertThat(((Outcome.NotDelivered) refused).cause()).isEqualTo(Outcome.Cause.QUEUE_FULL);
  }

  @Test
  void sendsItAheadOfALongRequestAndGivesUpWithoutAcknowledgement() {
    var outcome = send("x".repeat(180));
    assertThat(sent.get(0).path()).isEqualTo("/e");
    assertThat(sent.get(0).payload()).isEqualTo(Bytes.of(5).plus(MESSAGE_3));
    lose(0);
    assertThat(outcome.join()).isInstanceOf(Outcome.NotDelivered.class);
    var again = send("x".repeat(180));
    answer(1);
    assertThat(carries(2)).isFalse();
    answer(2);
    assertThat(again.join()).isInstanceOf(Outcome.Responded.class);
  }

  @Test
  void leavesOtherRequestsAlone() {
    Request plain = Request.to(PEER, Code.GET, "/");
    var unused = pipeline.handle(plain);
    assertThat(sent).containsExactly(plain);
  }
}
