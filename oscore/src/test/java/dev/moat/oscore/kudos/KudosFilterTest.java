package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Link;
import dev.moat.oscore.rekey.Messages;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** KUDOS as stages of both pipelines. */
final class KudosFilterTest extends KudosFixture {
  private final Link link = new Link(ledger);
  private final ContextTable table = new ContextTable();
  private final KudosServer kudos = new KudosServer(table, link.events::add);
  private final SecurityContext serverOld = ends.context(serverInputs.latest());
  private final SecurityContext clientOld = ends.context(clientInputs.latest());
  private final ContextOnDemand demand =
      new ContextOnDemand(new KudosUpdate(clientInputs), clientOld);

  KudosFilterTest() {
    table.add(serverOld);
    kudos.serve(serverInputs, serverOld);
    link.serve(table, kudos.outer(), kudos.inner());
  }

  private Outcome get() {
    return link.send(demand, Messages.get()).join();
  }

  private void assertContent() {
    assertThat(get())
        .isInstanceOfSatisfying(
            Outcome.Responded.class,
            responded -> assertThat(responded.response()).isEqualTo(Messages.content()));
  }

  @Test
  void updatesTheKeysBetweenTwoRequests() {
    assertContent();
    demand.renew();
    assertContent();

    assertThat(clientOld.isClosed()).isTrue();
    assertThat(serverOld.isClosed()).isTrue();
    assertThat(table.all()).hasSize(1).doesNotContain(serverOld);
    assertThat(link.requests).hasSize(3);
    assertThat(link.executed).as("the update itself").hasSize(2);
    assertThat(link.events)
        .last()
        .isInstanceOfSatisfying(
            KudosEvent.Confirmed.class,
            confirmed -> {
              assertThat(confirmed.forwardSecret()).isTrue();
              assertThat(confirmed.describe()).startsWith("keys updated with");
            });
    assertErased(serverInputs.latest());
    assertErased(clientInputs.latest());
  }

  @Test
  void updatesAgainAndAgain() {
    for (int i = 0; i < 4; i++) {
      demand.renew();
      assertContent();
    }
    assertThat(table.all()).hasSize(1);
  }

  @Test
  void keepsTheOldContextUntilTheNewOneIsUsed() {
    demand.renew();
    link.onTheWay = response -> Response.of(Code.BAD_REQUEST);
    assertThat(get()).isInstanceOf(Outcome.Unknown.class);
    assertThat(serverOld.isClosed()).isFalse();
    assertThat(clientOld.isClosed()).isFalse();
    link.onTheWay = response -> response;
    demand.renew();

    assertContent();
    assertThat(serverOld.isClosed()).isTrue();
  }

  @Test
  void refusesTheOldContextWhileARunIsPending() throws Exception {
    Request ordinary;
    try (Protector protector = new Protector(ledger)) {
      ordinary = protector.protectRequest(clientOld, Messages.get()).outer();
    }
    var unused = update(new KudosClientIdle(ends.client(CAPABLE)));

    assertThat(told(ordinary)).isEqualTo("Decryption failed");
    assertThat(link.executed).isEmpty();
    assertThat(serverOld.isClosed()).as("not confirmed").isFalse();
  }

  @Test
  void beginsByItselfBeforeTheKeysAreWornOut() {
    try (ContextParameters worn =
        Messages.client().toBuilder().keyUsageLimits(new KeyUsageLimits(8, 8, 8)).build()) {
      SecurityContext first = ends.context(worn);
      ContextOnDemand limited = new ContextOnDemand(new KudosUpdate(clientInputs), first);
      for (int i = 0; i < 12; i++) {
        assertThat(link.send(limited, Messages.get()).join()).isInstanceOf(Outcome.Responded.class);
      }
      assertThat(first.isClosed()).isTrue();
      assertThat(link.requests).hasSize(13);
    }
  }

  @Test
  void goesOnWithTheOldContextWhenTheServerDoesNotTakePart() {
    ContextTable plain = new ContextTable();
    plain.add(ends.context(Messages.client().reversed()));
    link.serve(plain, Link::pass, Link::pass);
    demand.renew();

    assertContent();
    assertContent();
    assertThat(link.requests).as("one attempt").hasSize(3);
    assertThat(clientOld.isClosed()).isFalse();
  }

  @Test
  void doesNotActOnADivergentRequest() throws Exception {
    KudosClientOffered offered = new KudosClientIdle(ends.client(CAPABLE)).offer();
    ProtectedRequest request = offered.request(Messages.get());
    Response answer = link.deliver(request.outer());

    assertThat(ledger.last().plaintext()).isEqualTo(Bytes.of(Code.UNAUTHORIZED.octet()));
    var unused = offered.receive(request.binding(), answer);
    assertThat(link.executed).isEmpty();
  }

  @Test
  void answersALostResponseAgainWithoutAnotherDerivation() throws Exception {
    KudosClientOffered offered = new KudosClientIdle(ends.client(CAPABLE)).offer();
    var lost = link.deliver(offered.request(Ends.kudos()).outer());
    List<SecurityContext> pending = table.all();
    ProtectedRequest again = offered.request(Ends.kudos());

    var unused = offered.receive(again.binding(), link.deliver(again.outer()));
    assertThat(table.all()).isEqualTo(pending);
  }

  @Test
  void followsAClientThatUpdatesTwiceBeforeItSendsAnything() throws Exception {
    KudosConfirmed first = update(new KudosClientIdle(ends.client(CAPABLE)));
    KudosConfirmed second = update(new KudosClientIdle(first.next()));
    assertThat(serverOld.isClosed()).isTrue();
    assertThat(table.all()).hasSize(1);

    try (Protector protector = new Protector(ledger)) {
      ProtectedRequest sent = protector.protectRequest(second.context(), Messages.get());
      Response answer = link.deliver(sent.outer());
      assertThat(protector.unprotectResponse(sent.binding(), answer).inner())
          .isEqualTo(Messages.content());
    }
  }

  @Test
  void followsAClientThatBeginsAnewFromTheOldContext() throws Exception {
    KudosClientOffered given = new KudosClientIdle(ends.client(CAPABLE)).offer();
    var lost = link.deliver(given.request(Ends.kudos()).outer());
    KudosConfirmed confirmed = update(given.abandon());

    assertThat(serverOld.isClosed()).isFalse();
    try (Protector protector = new Protector(ledger)) {
      var unused =
          link.deliver(protector.protectRequest(confirmed.context(), Messages.get()).outer());
    }
    assertThat(serverOld.isClosed()).isTrue();
    assertThat(link.executed).hasSize(1);
  }

  private KudosConfirmed update(KudosClientIdle idle) throws Exception {
    KudosClientOffered offered = idle.offer();
    ProtectedRequest request = offered.request(Ends.kudos());
    return offered.receive(request.binding(), link.deliver(request.outer()));
  }

  @Test
  void servesAConvergentRequestAsAnyOther() throws Exception {
    KudosConfirmed confirmed = update(new KudosClientIdle(ends.client(CAPABLE)));
    ProtectedRequest convergent =
        KudosMessages.protect(
            confirmed.context(), Messages.get(), KudosField.convergent(false, Bytes.of(1)), ledger);
    Response answer = link.deliver(convergent.outer());

    assertThat(link.executed).hasSize(1);
    assertThat(answer.code()).isEqualTo(Code.CHANGED);
    assertThat(serverOld.isClosed()).isTrue();
  }

  @Test
  void refusesReplaysAndForgeriesWithTheAnswersOfSection82() throws Exception {
    Request offer = new KudosClientIdle(ends.client(CAPABLE)).offer().request(Ends.kudos()).outer();
    assertThat(told(offer.withPayload(Bytes.owned(new byte[20])))).isEqualTo("Decryption failed");
    var unused = link.deliver(offer);
    assertThat(told(offer)).isEqualTo("Replay detected");
    assertThat(told(Messages.withOption(offer, Bytes.of(0x80)))).isEqualTo("Failed to decode COSE");
    assertThat(link.events)
        .filteredOn(KudosEvent.Refused.class::isInstance)
        .last()
        .extracting(event -> event.describe())
        .asString()
        .startsWith("key update refused to");
  }

  private String told(Request outer) {
    return link.deliver(outer).payload().toUtf8();
  }

  @Test
  void anOfferOfAnUnknownClientFindsNoContext() throws Exception {
    ContextParameters stranger =
        ContextParameters.builder(Messages.client().masterSecret(), Bytes.of(9), Bytes.of(2))
            .build();
    Request offer =
        new KudosClientIdle(ends.inputs(stranger, Optional.empty(), CAPABLE))
            .offer()
            .request(Ends.kudos())
            .outer();

    assertThat(told(offer)).isEqualTo("Security context not found");
  }

  @Test
  void dealsWithOneOfferOfAClientAtATime() throws Exception {
    ContextTable other = new ContextTable();
    KudosServer busy = new KudosServer(other, link.events::add);
    Request second =
        new KudosClientIdle(ends.client(CAPABLE)).offer().request(Ends.kudos()).outer();
    Response[] meanwhile = new Response[1];
    FreshContexts slow =
        parameters -> {
          meanwhile[0] = link.deliver(second);
          return FreshContexts.unrecorded(parameters, ledger);
        };
    KudosInputs inputs = ends.server(CAPABLE);
    busy.serve(
        new KudosInputs(inputs.latest(), inputs.bootstrap(), CAPABLE, ledger, ends.random(), slow),
        ends.context(inputs.latest()));
    link.serve(other, busy.outer(), busy.inner());
    Request first = new KudosClientIdle(ends.client(CAPABLE)).offer().request(Ends.kudos()).outer();

    assertThat(link.deliver(first).code()).isEqualTo(Code.CHANGED);
    assertThat(meanwhile[0].code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
  }

  @Test
  void tellsWhenAnUpdateHadNoForwardSecrecy() {
    assertThat(new KudosEvent.Confirmed(Messages.SERVER, false).describe())
        .endsWith("without forward secrecy");
  }

  @Test
  void twoClientsWithOneIdAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> kudos.serve(serverInputs, serverOld));
  }
}
