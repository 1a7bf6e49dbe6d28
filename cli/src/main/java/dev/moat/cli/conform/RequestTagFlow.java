package dev.moat.cli.conform;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.ServerBlockwiseConfig;
import dev.moat.engine.block.ServerBlockwiseFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Puts the block-wise requests of a flow to the server's filter: it answers as the flow says, and
 * hands on just those bodies that a client sent whole, blocks being told apart by Request-Tag (RFC
 * 9175, Section 3.3).
 */
final class RequestTagFlow {
  private final Map<List<Bytes>, Bytes> sent = new LinkedHashMap<>();
  private final List<Bytes> complete = new ArrayList<>();
  private final List<Bytes> delivered = new ArrayList<>();
  private final ServerBlockwiseFilter server =
      new ServerBlockwiseFilter(ServerBlockwiseConfig.defaults(), () -> 0, EventSink.NONE);

  private RequestTagFlow() {}

  static void check(List<FlowStep> steps, Findings findings) {
    if (steps.stream().anyMatch(step -> step.message().options().has(OptionNumber.BLOCK1))) {
      new RequestTagFlow().replay(steps, findings);
    }
  }

  private void replay(List<FlowStep> steps, Findings findings) {
    for (int i = 0; i < steps.size(); i++) {
      FlowStep step = steps.get(i);
      if (step.isRequest()) {
        Optional<FlowStep> answer =
            steps.stream().skip(i + 1L).filter(FlowStep::isResponse).findFirst();
        send(step, answer, findings);
      }
    }
    findings.same("bodies delivered to the handler", complete, delivered);
  }

  private void send(FlowStep step, Optional<FlowStep> expected, Findings findings) {
    keep(step.request());
    Code done = expected.map(FlowStep::message).map(m -> m.code()).orElse(Code.CHANGED);
    CompletableFuture<Reply> reply =
        server.handle(step.request(), request -> deliver(request, done)).toCompletableFuture();
    Response actual = reply.join().first();
    if (expected.isPresent()) {
      Response wanted = expected.get().response();
      String what = "the server's answer to " + step.name();
      findings.same(what, wanted.code(), actual.code());
      findings.same(what + ", Block1", wanted.options().block1(), actual.options().block1());
    }
  }

  private CompletableFuture<Reply> deliver(Request request, Code done) {
    delivered.add(request.payload());
    return CompletableFuture.completedFuture(Reply.of(Response.of(done)));
  }

  /** What the client sends, joined by Request-Tag: the truth to compare with. */
  private void keep(Request request) {
    Optional<BlockOption> block = request.options().block1();
    List<Bytes> tags = request.options().all(OptionNumber.REQUEST_TAG);
    Bytes start =
        block.filter(b -> b.number() > 0).isPresent()
            ? sent.getOrDefault(tags, Bytes.empty())
            : Bytes.empty();
    Bytes body = start.plus(request.payload());
    sent.put(tags, body);
    if (block.filter(BlockOption::more).isEmpty()) {
      complete.add(body);
    }
  }
}
