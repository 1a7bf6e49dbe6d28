package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A procedure of which is known what it sent, what came back, and why it failed. */
final class WatchedProcedure implements ContextOnDemand.Procedure {
  private final ContextOnDemand.Procedure watched;
  private final List<Bytes> messages = new CopyOnWriteArrayList<>();
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
    note(request.payload());
    return lower
        .handle(request)
        .whenComplete(
            (outcome, fault) -> {
              if (outcome instanceof Outcome.Responded responded
                  && EdhocMessages.isMessage(responded.response())) {
                messages.add(responded.response().payload());
              }
            });
  }

  /** Without what stands before a message in a request. */
  private void note(Bytes payload) {
    try {
      Optional<Bytes> message =
          EdhocBody.decode(payload)
              .fold(
                  Optional::empty,
                  first -> Optional.of(first.message1()),
                  next -> Optional.of(next.message()),
                  error -> Optional.empty());
      message.ifPresent(messages::add);
    } catch (EdhocException notOurs) {
      // No message, and nothing to show.
      return;
    }
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

  List<Bytes> messages() {
    return List.copyOf(messages);
  }
}
