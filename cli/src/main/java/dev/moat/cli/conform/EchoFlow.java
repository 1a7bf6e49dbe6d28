package dev.moat.cli.conform;

import dev.moat.cli.conform.cases.Findings;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.freshness.ClientEchoConfig;
import dev.moat.engine.freshness.ClientEchoFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Puts the challenges of a flow to the client's filter, which gets the requests without their Echo
 * options and must send them as the flow says: answering a challenge with the value unchanged, and
 * attaching a value it was given beforehand (RFC 9175, Section 2.3).
 */
final class EchoFlow {
  private final ClientEchoFilter client =
      new ClientEchoFilter(ClientEchoConfig.defaults(), () -> 0, EventSink.NONE);
  private final Queue<Response> answers = new ArrayDeque<>();
  private final List<Request> sent = new ArrayList<>();

  private EchoFlow() {}

  static void check(List<FlowStep> steps, Findings findings) {
    if (steps.stream().anyMatch(step -> step.message().options().has(OptionNumber.ECHO))) {
      new EchoFlow().replay(steps, findings);
    }
  }

  private void replay(List<FlowStep> steps, Findings findings) {
    List<Request> requests =
        steps.stream().filter(FlowStep::isRequest).map(FlowStep::request).toList();
    steps.stream().filter(FlowStep::isResponse).map(FlowStep::response).forEach(answers::add);
    while (sent.size() < requests.size() && findings.none()) {
      Request asked = requests.get(sent.size());
      ask(asked.withOptions(asked.options().without(OptionNumber.ECHO)), findings);
    }
    compare(requests, findings);
    preemptive(steps, findings);
  }

  private void ask(Request request, Findings findings) {
    Outcome outcome = client.handle(request, this::exchange).toCompletableFuture().join();
    boolean challenged =
        outcome.fold(
            responded -> responded.response().code() == Code.UNAUTHORIZED,
            refused -> true,
            unknown -> true);
    if (challenged) {
      findings.problem("the client gave up at a challenge");
    }
  }

  private CompletableFuture<Outcome> exchange(Request request) {
    sent.add(request);
    Response answer = Optional.ofNullable(answers.poll()).orElse(Response.of(Code.CHANGED));
    return CompletableFuture.completedFuture(new Outcome.Responded(request, Reply.of(answer)));
  }

  private void compare(List<Request> expected, Findings findings) {
    findings.same("number of requests sent", expected.size(), sent.size());
    for (int i = 0; i < Math.min(expected.size(), sent.size()); i++) {
      String what = "request " + (i + 1) + " of the client";
      findings.same(what + ", options", expected.get(i).options(), sent.get(i).options());
      findings.same(what + ", payload", expected.get(i).payload(), sent.get(i).payload());
    }
  }

  /** Whatever Echo the server gave last goes out with the next unsafe request. */
  private void preemptive(List<FlowStep> steps, Findings findings) {
    Optional<FlowStep> last =
        steps.stream()
            .filter(step -> step.isResponse() && step.message().options().has(OptionNumber.ECHO))
            .reduce((earlier, later) -> later);
    Optional<Request> request =
        steps.stream().filter(FlowStep::isRequest).map(FlowStep::request).findFirst();
    if (last.isPresent() && request.isPresent() && !request.get().method().isSafe()) {
      ask(request.get(), findings);
      findings.same(
          "Echo of a further request",
          last.get().message().options().first(OptionNumber.ECHO),
          sent.get(sent.size() - 1).options().first(OptionNumber.ECHO));
    }
  }
}
