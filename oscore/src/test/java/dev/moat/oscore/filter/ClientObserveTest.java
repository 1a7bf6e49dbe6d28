package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8613, Sections 4.1.3.5.2, 7.4.1 and 8.4.2, on the client. */
class ClientObserveTest {
  private final ClientRig client = new ClientRig();
  private final SecurityContext serverContext = Contexts.server();
  private final Protector server = new Protector(Contexts.CRYPTO);
  private CompletableFuture<Outcome> call = new CompletableFuture<>();
  private ClientRig.Sent sent = new ClientRig.Sent(Requester.get());
  private RequestBinding registration = unbound();

  @BeforeEach
  void register() throws OscoreException {
    call = client.call(Requester.observe(0), Contexts.client());
    sent = client.last();
    registration =
        ((Unprotected.Fresh) server.unprotectRequest(serverContext, sent.outer)).binding();
  }

  @Test
  void beginsWithTheVerifiedInnerObserve() throws OscoreException {
    assertThat(sent.receives(notification("0"))).isTrue();

    Reply reply = ((Outcome.Responded) call.join()).reply();
    assertThat(reply).isInstanceOf(Reply.Observed.class);
    assertThat(reply.first().options().observe()).hasValue(0);
  }

  @Test
  void beginsNothingByAnOuterObserveAlone() throws OscoreException {
    Response single =
        server.protectResponse(
            registration, Response.text(Code.CONTENT, "0"), ResponseForm.OWN_PARTIAL_IV);

    assertThat(sent.receives(single.with(Option.uint(OptionNumber.OBSERVE, 9)))).isTrue();

    assertThat(((Outcome.Responded) call.join()).reply()).isInstanceOf(Reply.Single.class);
  }

  @Test
  void ordersByPartialIvWhateverTheOuterObserveSays() throws OscoreException {
    Response first = notification("0");
    Response second = notification("1");
    Response third = notification("2");
    assertThat(sent.receives(first)).isTrue();

    assertThat(sent.receives(third.with(Option.uint(OptionNumber.OBSERVE, 1)))).isTrue();
    assertThat(sent.receives(second.with(Option.uint(OptionNumber.OBSERVE, 99)))).isFalse();
    assertThat(sent.receives(third.with(Option.uint(OptionNumber.OBSERVE, 100)))).isFalse();

    assertThat(sent.notified).extracting(r -> r.payload().toUtf8()).containsExactly("2");
    assertThat(sent.notified.get(0).options().observe()).hasValue(2);
    assertThat(client.events)
        .filteredOn(OscoreEvent.StaleNotification.class::isInstance)
        .hasSize(2);
  }

  @Test
  void takesOneWithoutPartialIvForTheOldest() throws OscoreException {
    Response bare =
        server.protectResponse(registration, observed("bare"), ResponseForm.REUSE_NONCE);
    Response next = notification("next");

    assertThat(sent.receives(bare)).isTrue();
    assertThat(((Outcome.Responded) call.join()).response().options().observe()).hasValue(0);
    assertThat(sent.receives(bare)).isFalse();
    assertThat(sent.receives(next)).isTrue();
  }

  @Test
  void dropsTheOneWithoutPartialIvBehindAnyOther() throws OscoreException {
    Response bare =
        server.protectResponse(registration, observed("bare"), ResponseForm.REUSE_NONCE);

    assertThat(sent.receives(notification("0"))).isTrue();
    assertThat(sent.receives(bare)).isFalse();
  }

  @Test
  void endsByAVerifiedErrorAndByNoOther() throws OscoreException {
    assertThat(sent.receives(notification("0"))).isTrue();

    assertThat(sent.judged(Response.of(Code.NOT_FOUND))).isInstanceOf(ResponseGate.Ignored.class);
    Response gone =
        server.protectResponse(
            registration,
            Response.of(Code.NOT_FOUND).with(new Option(OptionNumber.OBSERVE, Bytes.empty())),
            ResponseForm.OWN_PARTIAL_IV);
    assertThat(sent.receives(gone)).isTrue();
    assertThat(sent.notified).containsExactly(Response.of(Code.NOT_FOUND));
  }

  @Test
  void takesNoNotificationInParts() throws OscoreException {
    assertThat(sent.receives(notification("0"))).isTrue();

    Response part = notification("1").with(new Option(OptionNumber.BLOCK2, Bytes.hex("08")));

    assertThat(sent.receives(part)).isFalse();
  }

  @Test
  void rejectsANotificationForARequestThatDidNotObserve() throws OscoreException {
    CompletableFuture<Outcome> plain = client.call(Requester.observe(1), Contexts.client());
    RequestBinding cancelling =
        ((Unprotected.Fresh) server.unprotectRequest(Contexts.server(), client.last().outer))
            .binding();

    Response late =
        server.protectResponse(cancelling, observed("late"), ResponseForm.OWN_PARTIAL_IV);

    assertThat(client.last().receives(late)).isFalse();
    assertThat(plain).isNotDone();
  }

  private Response notification(String state) throws OscoreException {
    return server.protectResponse(registration, observed(state), ResponseForm.OWN_PARTIAL_IV);
  }

  private static Response observed(String state) {
    return Response.text(Code.CONTENT, state).with(new Option(OptionNumber.OBSERVE, Bytes.empty()));
  }

  private static RequestBinding unbound() {
    return new Requester(Contexts.client()).ask(Requester.get()).request().binding();
  }
}
