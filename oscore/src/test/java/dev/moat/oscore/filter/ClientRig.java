package dev.moat.oscore.filter;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A client stage over a message layer that does with a gate's verdict what the engine does: the
 * first response that counts concludes the exchange, or begins an observation.
 */
final class ClientRig {
  final List<Event> events = new ArrayList<>();
  final List<Sent> wire = new ArrayList<>();
  private final OscoreClientFilter filter =
      new OscoreClientFilter(new Protector(Contexts.CRYPTO), events::add);

  CompletableFuture<Outcome> call(Request request, SecurityContext context) {
    return call(SecuredBy.secured(request, context));
  }

  CompletableFuture<Outcome> call(Request request) {
    return filter
        .handle(
            request,
            outer -> {
              Sent sent = new Sent(outer);
              wire.add(sent);
              return sent.outcome;
            })
        .toCompletableFuture();
  }

  /** The newest request on the wire. */
  Sent last() {
    return wire.get(wire.size() - 1);
  }

  <T extends OscoreEvent> Optional<T> event(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** One exchange. */
  static final class Sent implements Notifications {
    final Request outer;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    final List<Response> notified = new ArrayList<>();
    boolean cancelled;
    private boolean observing;

    Sent(Request outer) {
      this.outer = outer;
    }

    /** A response whose token matches; true when it counted. */
    boolean receives(Response response) {
      return gate()
          .judge(response)
          .fold(accepted -> counts(accepted.response()), () -> false, doubtful -> false);
    }

    ResponseGate.Verdict judged(Response response) {
      return gate().judge(response);
    }

    void concludes(Outcome how) {
      assert outcome.complete(how);
    }

    private ResponseGate gate() {
      return outer.context().find(ResponseGate.KEY).orElseThrow();
    }

    private boolean counts(Response response) {
      if (observing) {
        return notified.add(response);
      }
      observing = response.options().observe().isPresent();
      Reply reply = observing ? new Reply.Observed(response, this) : Reply.of(response);
      return outcome.complete(new Outcome.Responded(outer, reply));
    }

    @Override
    public void subscribe(Listener listener) {}

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
