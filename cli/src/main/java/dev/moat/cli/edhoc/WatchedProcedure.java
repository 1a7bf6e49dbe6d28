package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.decode.EdhocMessageKind;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A procedure of which is known what it sent, what came back, and why it failed. */
final class WatchedProcedure implements ContextOnDemand.Procedure {
  private final ContextOnDemand.Procedure watched;
  private final List<SeenMessage> messages = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  WatchedProcedure(ContextOnDemand.Procedure watched) {
    this.watched = watched;
  }

  @Override
  public CompletionStage<SecurityContext> run(Peer peer, Service<Request, Outcome> lower) {
    messages.clear();
    return watched
        .run(peer, request -> sent(request, lower))
        .whenComplete((context, thrown) -> failure.set(thrown == null ? null : cause(thrown)));
  }

  private CompletionStage<Outcome> sent(Request request, Service<Request, Outcome> lower) {
    noteSent(request.payload());
    return lower.handle(request).whenComplete((outcome, fault) -> noteReceived(outcome));
  }

  /** Without what stands before a message in a request; message_1 begins, and so does a trigger. */
  private void noteSent(Bytes payload) {
    try {
      Optional<Bytes> message =
          EdhocBody.decode(payload)
              .fold(
                  () -> begin(Optional.empty()),
                  first -> begin(Optional.of(first.message1())),
                  next -> Optional.of(next.message()),
                  error -> Optional.empty());
      message.ifPresent(octets -> note(true, octets));
    } catch (EdhocException notOurs) {
      // No message, and nothing to show.
      return;
    }
  }

  private Optional<Bytes> begin(Optional<Bytes> message1) {
    number.set(0);
    return message1;
  }

  private void noteReceived(@Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Responded responded
        && EdhocMessages.isMessage(responded.response())) {
      note(false, responded.response().payload());
    }
  }

  private void note(boolean sent, Bytes message) {
    EdhocMessageKind kind =
        switch (number.incrementAndGet()) {
          case 1 -> EdhocMessageKind.MESSAGE_1;
          case 2 -> EdhocMessageKind.MESSAGE_2;
          case 3 -> EdhocMessageKind.MESSAGE_3;
          default -> EdhocMessageKind.MESSAGE_4;
        };
    messages.add(new SeenMessage(kind, sent, message));
  }

  private static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  @Override
  public boolean isLost(Outcome outcome) {
    return watched.isLost(outcome);
  }

  @Override
  public void confirmed() {
    watched.confirmed();
  }

  @Override
  public Request secured(Request request, SecurityContext context) {
    return watched.secured(request, context);
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** What was sent and accepted in the last run, in order. */
  List<SeenMessage> messages() {
    return List.copyOf(messages);
  }
}
