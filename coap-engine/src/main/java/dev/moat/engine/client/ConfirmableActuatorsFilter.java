package dev.moat.engine.client;

import dev.moat.coap.service.Context;
import dev.moat.coap.service.Filter;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import java.util.concurrent.CompletionStage;

/**
 * Client: unsafe requests are confirmable, because only then does the caller learn that no answer
 * came (draft Attacks on CoAP, Section 2.1).
 */
public final class ConfirmableActuatorsFilter implements Filter<Request, Outcome> {
  /** A fact by which the caller takes a non-confirmable unsafe request on himself. */
  public static final Context.Key<Boolean> INSECURE_NON_CONFIRMABLE =
      new Context.Key<>("insecure: non-confirmable unsafe request");

  /**
   * Passes what the rule allows.
   *
   * @throws IllegalArgumentException for a non-confirmable unsafe request without {@link
   *     #INSECURE_NON_CONFIRMABLE}
   */
  @Override
  public CompletionStage<Outcome> handle(Request request, Service<Request, Outcome> next) {
    boolean refused =
        request.reliability() == Reliability.NON_CONFIRMABLE
            && !request.method().isSafe()
            && !request.context().has(INSECURE_NON_CONFIRMABLE);
    if (refused) {
      throw new IllegalArgumentException(
          request.method().title()
              + " may move something and must be confirmable: "
              + "a lost non-confirmable request leaves nobody the wiser");
    }
    return next.handle(request);
  }
}
