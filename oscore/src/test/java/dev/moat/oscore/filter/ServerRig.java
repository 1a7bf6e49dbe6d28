package dev.moat.oscore.filter;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import dev.moat.testkit.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A server stage with a resource behind it that remembers what it was asked. */
final class ServerRig implements MessageLayer {
  final VirtualClock clock = new VirtualClock(1_000_000_000L);
  final List<Event> events = new ArrayList<>();
  final List<Request> executed = new ArrayList<>();
  final List<Request> verified = new ArrayList<>();
  final ContextTable contexts = new ContextTable();
  final InsecureTestProof proof = new InsecureTestProof();
  final OscoreServerFilter filter;
  Function<Request, CompletionStage<Reply>> resource =
      request ->
          CompletableFuture.completedFuture(Reply.of(Response.text(Code.CONTENT, "Hello World!")));
  OptionalInt budget = OptionalInt.empty();
  int suppressed;

  ServerRig(SecurityContext... contexts) {
    this(s -> s, contexts);
  }

  ServerRig(UnaryOperator<ServerSecurity> change, SecurityContext... contexts) {
    for (SecurityContext context : contexts) {
      this.contexts.add(context);
    }
    ServerSecurity security = change.apply(ServerSecurity.of(this.contexts));
    this.filter =
        new OscoreServerFilter(
            security, new Protector(Contexts.CRYPTO), proof, this, clock::nowNanos, events::add);
  }

  Reply reply(Request outer) {
    return filter
        .handle(
            outer,
            request -> {
              executed.add(request);
              return resource.apply(request);
            })
        .toCompletableFuture()
        .join();
  }

  Response answer(Request outer) {
    return reply(outer).first();
  }

  void answers(Response response) {
    resource = request -> CompletableFuture.completedFuture(Reply.of(response));
  }

  <T extends OscoreEvent> Optional<T> event(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public void verified(Request outer, Request inner) {
    verified.add(inner);
  }

  @Override
  public void suppress(Request outer) {
    suppressed++;
  }

  @Override
  public OptionalInt answerBudgetOctets(Request outer) {
    return budget;
  }
}
