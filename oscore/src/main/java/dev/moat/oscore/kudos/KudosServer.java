package dev.moat.oscore.kudos;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyRefusals;
import dev.moat.oscore.rekey.SharedMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The server of KUDOS, as two stages around the one that verifies requests: the outer answers
 * divergent requests and puts CTX_NEW into the table, the inner sees the first request under
 * CTX_NEW, which ends the run.
 *
 * <p>While a run is pending, requests under CTX_OLD are refused: whoever has it can begin again.
 * Safe to share among threads.
 */
public final class KudosServer {
  private final ContextTable table;
  private final EventSink events;
  private final SharedMap<Bytes, KudosServed> byRecipientId = new SharedMap<>();
  private final SharedMap<Long, KudosServed> pending = new SharedMap<>();

  /** Serves nobody yet; changes {@code table}. */
  public KudosServer(ContextTable table, EventSink events) {
    this.table = table;
    this.events = events;
  }

  /**
   * Allows a client to update the keys of a context.
   *
   * @param inputs with the parameters of {@code current}
   * @param current CTX_OLD, in the table; closed once CTX_NEW is confirmed
   * @throws IllegalArgumentException when another client has the same Recipient ID
   */
  public void serve(KudosInputs inputs, SecurityContext current) {
    KudosServed served = new KudosServed(inputs, current, this::replace);
    if (!byRecipientId.add(current.recipientId(), served)) {
      throw new IllegalArgumentException(
          "another client updates keys with the same Recipient ID: " + current);
    }
  }

  /** Stands right before the stage that verifies requests. */
  public Filter<Request, Reply> outer() {
    return this::receive;
  }

  /** Stands right behind the stage that verifies requests. */
  public Filter<Request, Reply> inner() {
    return this::confirm;
  }

  private CompletionStage<Reply> receive(Request outer, Service<Request, Reply> next) {
    if (!KudosMessages.isExtended(outer.options())) {
      return next.handle(outer);
    }
    try {
      KudosOption option = KudosMessages.option(outer.options());
      if (option.field().convergent()) {
        // Under CTX_NEW, which is in the table: then it counts as any other request.
        return next.handle(KudosMessages.standard(outer, option));
      }
      Optional<KudosServed> served =
          option.standard().kid().flatMap(kid -> Optional.ofNullable(byRecipientId.get(kid)));
      return served.isEmpty()
          ? next.handle(KudosMessages.standard(outer, option))
          : reply(served.get().answer(outer));
    } catch (RekeyException refused) {
      events.emit(new KudosEvent.Refused(outer.peer(), refused.reason()));
      return reply(RekeyRefusals.to(refused));
    }
  }

  private void replace(KudosServed served, SecurityContext replaced, SecurityContext by) {
    pending.remove(replaced.association());
    var unused = pending.add(by.association(), served);
    table.replace(replaced, by);
  }

  private CompletionStage<Reply> confirm(Request inner, Service<Request, Reply> next) {
    long association = inner.peer().association();
    KudosServed served = pending.get(association);
    if (served != null && isVerified(inner)) {
      served.confirm(association).ifPresent(confirmed -> confirmed(inner, confirmed));
    }
    return next.handle(inner);
  }

  private void confirmed(Request inner, KudosConfirmed confirmed) {
    pending.remove(inner.peer().association());
    events.emit(new KudosEvent.Confirmed(inner.peer(), confirmed.forwardSecret()));
  }

  private static boolean isVerified(Request inner) {
    return inner
        .context()
        .find(Arrival.KEY)
        .map(arrival -> arrival.security() == Arrival.Security.OSCORE)
        .orElse(false);
  }

  private static CompletionStage<Reply> reply(Response response) {
    return CompletableFuture.completedFuture(Reply.of(response));
  }
}
