package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a client heard, beside what a test states.
 *
 * @param outcome how the request ended
 * @param findings where differences go
 */
record InteropOutcome(Outcome outcome, Findings findings) {
  private static final long PATIENCE_SECONDS = 10;

  /** Compares the responses above OSCORE: one, several to an observation, or none. */
  void compareInner(JsonNode stated, boolean secured) {
    boolean unused =
        outcome.fold(
            responded -> responded(stated, responded.reply()),
            refused -> {
              findings.problem("the request was not delivered: " + refused.cause());
              return true;
            },
            unknown -> {
              if (!stated.isNull() || !secured) {
                findings.problem("the outcome is unknown: " + unknown.doubt());
              }
              return true;
            });
  }

  private boolean responded(JsonNode stated, Reply reply) {
    if (stated.isArray() && reply instanceof Reply.Observed observed) {
      observed(stated, observed);
    } else if (stated.isObject()) {
      response("response_inner", stated, reply.first());
    } else if (stated.isArray()) {
      findings.problem("the server did not add the client to its observers");
    }
    return true;
  }

  private void observed(JsonNode stated, Reply.Observed observed) {
    BlockingQueue<Response> heard = new LinkedBlockingQueue<>();
    observed.notifications().subscribe(new Ear(heard));
    response("response 1", stated.path(0), observed.first());
    for (int i = 1; i < stated.size(); i++) {
      Optional<Response> next = next(heard);
      if (next.isEmpty()) {
        findings.problem("notification " + (i + 1) + " did not come");
        return;
      }
      response("notification " + (i + 1), stated.path(i), next.get());
    }
    observed.notifications().cancel();
  }

  private static Optional<Response> next(BlockingQueue<Response> heard) {
    try {
      return Optional.ofNullable(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void response(String what, JsonNode stated, Response actual) {
    findings.same(what + " code", code(stated), actual.code().toString());
    uint(what, stated, "content_format", OptionNumber.CONTENT_FORMAT, actual);
    uint(what, stated, "max_age", OptionNumber.MAX_AGE, actual);
    if (stated.path("observe").isBoolean()) {
      boolean has = actual.options().has(OptionNumber.OBSERVE);
      findings.same(what + " observe", stated.path("observe").asBoolean(), has);
    }
    Json.optional(stated, "payload")
        .ifPresent(payload -> findings.same(what + " payload", payload, actual.payload()));
    if (stated.path("payload_text").isTextual()) {
      Bytes payload = Bytes.utf8(Json.text(stated, "payload_text"));
      findings.same(what + " payload_text", payload, actual.payload());
    }
  }

  private void uint(String what, JsonNode stated, String member, int option, Response actual) {
    if (stated.path(member).isInt()) {
      findings.same(
          what + " " + member,
          stated.path(member).asLong(),
          actual.options().uint(option).orElse(-1));
    }
  }

  /** Compares a message on the wire, when the test says something of it. */
  static void compareOuter(
      String member, JsonNode testCase, Optional<Message> passed, Findings findings) {
    JsonNode stated = testCase.path(member);
    if (!stated.isObject()) {
      return;
    }
    if (passed.isEmpty()) {
      findings.problem(member + " is not on the wire");
      return;
    }
    Message actual = passed.get();
    findings.same(member + " code", code(stated), actual.code().toString());
    findings.same(
        member + " oscore_option",
        stated.path("oscore_option").asBoolean(false),
        actual.options().has(OptionNumber.OSCORE));
    if (stated.has("observe")) {
      findings.same(member + " observe", true, actual.options().has(OptionNumber.OBSERVE));
    }
  }

  /** The digits of "2.05 Content". */
  private static String code(JsonNode stated) {
    return Json.text(stated, "code").split(" ", 2)[0];
  }

  private record Ear(BlockingQueue<Response> heard) implements Notifications.Listener {
    @Override
    public void onNotification(Response notification) {
      boolean unused = heard.offer(notification);
    }

    @Override
    public void onEnd(Notifications.End reason) {
      // The last response, if the server sent one, was told as a notification.
    }
  }
}
