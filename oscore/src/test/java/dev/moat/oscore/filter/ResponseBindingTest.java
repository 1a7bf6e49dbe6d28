package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A response verifies for its own request only (RFC 8613, Section 7.1), so that equal tokens do not
 * matter: here whoever matches tokens offers every response to the exchange it is not for.
 */
class ResponseBindingTest {
  private final SecurityContext context = Contexts.client();
  private final ClientRig client = new ClientRig();
  private final ServerRig server = new ServerRig(Contexts.server());

  @Test
  @Tag("AT-08")
  void doesNotTakeTheResponseToOneRequestForThatToAnother() {
    CompletableFuture<Outcome> first = client.call(Requester.get(), context);
    CompletableFuture<Outcome> second = client.call(Requester.get(), context);
    ClientRig.Sent sentFirst = client.wire.get(0);
    ClientRig.Sent sentSecond = client.wire.get(1);
    Response toFirst = answerTo(sentFirst);
    Response toSecond = answerTo(sentSecond);

    assertThat(sentSecond.receives(toFirst)).isFalse();
    assertThat(sentFirst.receives(toSecond)).isFalse();
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    assertThat(sentFirst.receives(toFirst)).isTrue();
    assertThat(sentSecond.receives(toSecond)).isTrue();
  }

  @Test
  @Tag("AT-24")
  void doesNotTakeTheHeldBack204OfUnlockForThatOfLock() {
    server.answers(Response.of(Code.CHANGED));
    client.call(Requester.put(), context).cancel(false);
    Response heldBack = answerTo(client.last());
    CompletableFuture<Outcome> lock =
        client.call(Requester.put().withPayload(Bytes.utf8("lock")), context);

    assertThat(client.last().receives(heldBack)).isFalse();
    assertThat(lock).isNotDone();
    assertThat(server.executed).hasSize(1);
  }

  @Test
  @Tag("AT-25")
  void doesNotTakeAnEarlierStateForTheCurrentOne() {
    server.answers(Response.text(Code.CONTENT, "locked"));
    client.call(Requester.get(), context).cancel(false);
    Response earlier = answerTo(client.last());
    server.answers(Response.text(Code.CONTENT, "unlocked"));
    CompletableFuture<Outcome> now = client.call(Requester.get(), context);

    assertThat(client.last().receives(earlier)).isFalse();
    assertThat(client.last().receives(answerTo(client.last()))).isTrue();
    assertThat(((Outcome.Responded) now.join()).response().payload().toUtf8())
        .isEqualTo("unlocked");
  }

  @Test
  @Tag("AT-26")
  void doesNotTakeTheOvensTemperatureForTheRooms() {
    Peer gateway = Contexts.SERVER;
    server.resource =
        request ->
            CompletableFuture.completedFuture(
                Reply.of(
                    Response.text(Code.CONTENT, request.path().equals("/oven") ? "225" : "21")));
    CompletableFuture<Outcome> oven = client.call(Request.to(gateway, Code.GET, "oven"), context);
    CompletableFuture<Outcome> room = client.call(Request.to(gateway, Code.GET, "room"), context);
    Response hot = answerTo(client.wire.get(0));

    assertThat(client.wire.get(1).receives(hot)).isFalse();
    assertThat(room).isNotDone();
    assertThat(client.wire.get(0).receives(hot)).isTrue();
    assertThat(((Outcome.Responded) oven.join()).response().payload().toUtf8()).isEqualTo("225");
  }

  @Test
  void givesEveryNewRequestANewPartialIv() {
    client.call(Requester.put(), context).cancel(false);
    client.call(Requester.put(), context).cancel(false);

    Request first = client.wire.get(0).outer;
    Request second = client.wire.get(1).outer;
    assertThat(second.options()).isNotEqualTo(first.options());
    assertThat(second.payload()).isNotEqualTo(first.payload());
  }

  private Response answerTo(ClientRig.Sent sent) {
    return server.answer(Contexts.arrived(sent.outer, Contexts.CLIENT, true));
  }
}
