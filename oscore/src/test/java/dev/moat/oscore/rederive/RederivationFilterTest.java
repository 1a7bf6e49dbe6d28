package dev.moat.oscore.rederive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.ContextOnDemandFilter;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Link;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.NonceLedger;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appendix B.2 as stages of both pipelines. */
final class RederivationFilterTest {
  private final NonceLedger ledger = new NonceLedger();
  private final RandomSource random = new InsecureSeededRandom(2);
  private final Link link = new Link(ledger);
  private final ContextOnDemand demand =
      new ContextOnDemand(
          new Rederivation(
              new RederivationInputs(
                  Messages.client(), ledger, random, FreshContexts.inMemory(ledger))));

  @BeforeEach
  void startServer() {
    startServer(FreshContexts.inMemory(ledger));
  }

  private ContextTable startServer(FreshContexts contexts) {
    ContextTable table = new ContextTable();
    RederivationServer server = new RederivationServer(table, ledger, random, contexts);
    server.serve(Server.parameters());
    link.serve(table, new RederivationFilter(server, () -> 0, link.events::add), Link::pass);
    return table;
  }

  private Outcome get() {
    return link.send(demand, Messages.get()).join();
  }

  private static void assertContent(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Responded.class,
            responded -> {
              assertThat(responded.response()).isEqualTo(Messages.content());
              assertThat(responded.request().path()).isEqualTo("/temperature");
            });
  }

  @Test
  void theFirstRequestEstablishesTheContextAndTheNextOnesUseIt() {
    assertContent(get());
    assertThat(link.requests).hasSize(3);
    assertContent(get());
    assertThat(link.requests).hasSize(4);
    assertThat(link.executed)
        .extracting(Request::path)
        .containsExactly("/", "/temperature", "/temperature");
  }

  @Test
  void requestsThatComeMeanwhileWaitForTheOneRun() {
    link.holding = true;
    List<CompletableFuture<Outcome>> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(link.send(demand, Messages.get()));
    }
    assertThat(link.requests).hasSize(1);
    link.release();

    sent.forEach(outcome -> assertContent(outcome.join()));
    assertThat(link.requests).hasSize(2 + 5);
  }

  @Test
  void notAnyNumberOfRequestsWait() {
    link.holding = true;
    List<CompletableFuture<Outcome>> sent = new ArrayList<>();
    for (int i = 0; i <= ContextOnDemand.MAX_WAITING; i++) {
      sent.add(link.send(demand, Messages.get()));
    }

    assertThat(sent.get(ContextOnDemand.MAX_WAITING).join())
        .isInstanceOfSatisfying(
            Outcome.NotDelivered.class,
            refused -> assertThat(refused.cause()).isEqualTo(Outcome.Cause.QUEUE_FULL));
    link.release();
    assertContent(sent.get(0).join());
  }

  @Test
  void aServerThatLostTheContextGetsAnotherOne() {
    assertContent(get());
    ContextTable restarted = startServer(FreshContexts.inMemory(ledger));

    assertThat(get()).isInstanceOf(Outcome.Unknown.class);
    assertThat(restarted.all()).isEmpty();
    assertContent(get());
    assertThat(restarted.all()).hasSize(1);
  }

  @Test
  void aRunWaitsForTheRequestsThatAreOutstanding() {
    assertContent(get());
    link.holding = true;
    CompletableFuture<Outcome> outstanding = link.send(demand, Messages.get());
    demand.renew();
    int before = link.requests.size();
    CompletableFuture<Outcome> next = link.send(demand, Messages.get());
    assertThat(link.requests).hasSize(before);
    link.release();

    assertContent(outstanding.join());
    assertContent(next.join());
    assertThat(link.requests).hasSize(before + 3);
  }

  @Test
  void aRequestIsNotSentWhenNobodyAnswersGenuinely() {
    link.onTheWay = response -> response.withPayload(Bytes.of(1, 2, 3));

    assertNotSent();
    link.onTheWay = response -> Response.diagnostic(Code.UNAUTHORIZED, "no");
    assertNotSent();
    link.onTheWay = response -> response;
    assertContent(get());
  }

  private void assertNotSent() {
    assertThat(get())
        .isInstanceOfSatisfying(
            Outcome.NotDelivered.class,
            refused -> assertThat(refused.cause()).isEqualTo(Outcome.Cause.NOT_SENDABLE));
    assertThat(link.events)
        .last()
        .extracting(event -> event.describe())
        .asString()
        .contains("no security context with", "no genuine response came");
    assertThat(link.executed).isEmpty();
  }

  @Test
  void aDoubtedContextIsGivenUpWhenTheRunFails() {
    assertContent(get());
    link.onTheWay = response -> Response.of(Code.UNAUTHORIZED);
    assertThat(get()).isInstanceOf(Outcome.Unknown.class);

    assertThat(get()).isInstanceOf(Outcome.NotDelivered.class);
    link.onTheWay = response -> response;
    assertContent(get());
  }

  @Test
  void aServerThatCannotRecordSaysThatItIsUnavailable() {
    startServer(
        parameters -> {
          throw new ReservationException(ReservationException.Reason.FULL, "no room");
        });
    List<Response> answers = new ArrayList<>();
    link.onTheWay =
        response -> {
          answers.add(response);
          return response;
        };

    assertThat(get()).isInstanceOf(Outcome.NotDelivered.class);
    assertThat(answers).extracting(Response::code).contains(Code.SERVICE_UNAVAILABLE);
    assertThat(link.events)
        .filteredOn(RederivationFilter.Refused.class::isInstance)
        .extracting(event -> event.describe())
        .singleElement()
        .asString()
        .contains("could not be recorded");
  }

  @Test
  void aForgedRequestIsToldNoMoreThanElsewhere() {
    assertContent(get());
    Request forged = link.requests.get(0).withPayload(Bytes.owned(new byte[20]));

    assertThat(link.deliver(forged).payload().toUtf8()).isEqualTo("Decryption failed");
  }

  @Test
  void aClientThatCannotRecordDoesNotSend() {
    FreshContexts full =
        parameters -> {
          throw new ReservationException(ReservationException.Reason.FULL, "no room");
        };
    ContextOnDemand failing =
        new ContextOnDemand(
            new Rederivation(new RederivationInputs(Messages.client(), ledger, random, full)));

    assertThat(link.send(failing, Messages.get()).join()).isInstanceOf(Outcome.NotDelivered.class);
    assertThat(link.executed).isEmpty();
  }

  @Test
  void otherRequestsPass() {
    Outcome plain =
        new ContextOnDemandFilter(link.events::add)
            .handle(
                Messages.get(),
                request ->
                    CompletableFuture.completedFuture(
                        new Outcome.Unknown(request, Outcome.Doubt.NO_RESPONSE)))
            .toCompletableFuture()
            .join();

    assertThat(plain.request()).isEqualTo(Messages.get());
  }
}
