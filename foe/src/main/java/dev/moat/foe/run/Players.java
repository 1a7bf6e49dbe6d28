package dev.moat.foe.run;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.foe.app.Asked;
import dev.moat.foe.app.Claim;
import dev.moat.foe.app.ClientApplication;
import dev.moat.foe.app.ServerApplication;
import dev.moat.foe.field.Field;
import dev.moat.foe.judge.Testimony;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.stack.StackUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** The applications of one run, and how they reach their stacks. */
final class Players {
  private final Field field;
  private final StackUnderTest stack;
  private final ServerApplication server;
  private final ClientApplication client;
  private final ClientApplication other;
  private final RandomSource random;
  private final Ledger ledger;

  Players(
      Field field,
      StackUnderTest stack,
      ServerApplication server,
      Clients clients,
      RandomSource random,
      Ledger ledger) {
    this.field = field;
    this.stack = stack;
    this.server = server;
    this.client = clients.client;
    this.other = clients.other;
    this.random = random;
    this.ledger = ledger;
  }

  ClientApplication client() {
    return client;
  }

  ServerApplication server() {
    return server;
  }

  /** The stack of {@code caller} gets what its requests need, such as keys. */
  void prepare(Step.Caller caller, Consumer<Boolean> ready) {
    field.prepare(caller, ready);
  }

  /** The application of {@code caller} makes a request; {@code after} runs when it has ended. */
  void call(Step.Caller caller, Ask wanted, Runnable after) {
    ClientApplication application = caller == Step.Caller.CLIENT ? client : other;
    Ask ask = server.reading().completed(wanted, octets -> random.bytes(octets).toHex());
    application.ask(ask, stack.sendsNonConfirmable(ask));
    field.call(
        caller,
        peer -> stack.request(ask, peer),
        ended -> {
          application.ended(ask, ended.outcome(), ended.tookNanos());
          after.run();
        });
  }

  /** A call off Foe's path that no belief comes from; tells how long it took. */
  void callUnjudged(Ask wanted, LongConsumer tookNanos) {
    Ask ask = server.reading().completed(wanted, octets -> random.bytes(octets).toHex());
    other.ask(ask, false);
    field.call(
        Step.Caller.OTHER,
        peer -> stack.request(ask, peer),
        ended -> tookNanos.accept(ended.tookNanos()));
  }

  /** The client looks at the thing itself. */
  void see(String subject) {
    client.see(new Claim(subject, server.truth(subject)));
  }

  Testimony.Moment moment() {
    return Testimony.Moment.now(client, server);
  }

  Testimony.Ending ending() {
    return new Testimony.Ending(client.unserved(), ledger.settlement());
  }

  List<Asked> asked() {
    List<Asked> all = new ArrayList<>(client.asked());
    all.addAll(other.asked());
    return all;
  }

  /**
   * What the server's stack is given: handlers that act on the run's loop, and answer after {@code
   * delay}.
   */
  static List<StackUnderTest.Served> served(ServerApplication server, Field field, Duration delay) {
    return server.exposed().stream()
        .map(exposed -> new StackUnderTest.Served(exposed.path(), services(exposed, field, delay)))
        .toList();
  }

  private static Map<Code, Service<Request, Reply>> services(
      ServerApplication.Exposed exposed, Field field, Duration delay) {
    Map<Code, Service<Request, Reply>> services = new LinkedHashMap<>();
    exposed
        .methods()
        .forEach((method, handler) -> services.put(method, service(handler, field, delay)));
    return services;
  }

  private static Service<Request, Reply> service(
      Function<Request, Response> handler, Field field, Duration delay) {
    return request -> {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      field.inRun(
          () -> {
            Reply answer = Reply.of(handler.apply(request));
            if (delay.isZero()) {
              reply.complete(answer);
            } else {
              field.later(delay, () -> reply.complete(answer));
            }
          });
      return reply;
    };
  }

  /** The client whose traffic Foe sees, and another. */
  record Clients(ClientApplication client, ClientApplication other) {}
}
