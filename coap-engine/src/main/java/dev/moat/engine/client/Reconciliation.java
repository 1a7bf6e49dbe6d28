package dev.moat.engine.client;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import java.util.concurrent.CompletionStage;

/**
 * What a client can do when it does not know whether its request was executed: read the state back,
 * or repeat the request when repeating changes nothing.
 */
public final class Reconciliation {
  private final Request request;
  private final Service<Request, Outcome> client;

  private Reconciliation(Request request, Service<Request, Outcome> client) {
    this.request = request;
    this.client = client;
  }

  /** Reconciles {@code unknown} by new requests through {@code client}. */
  public static Reconciliation of(Outcome.Unknown unknown, Service<Request, Outcome> client) {
    return new Reconciliation(unknown.request(), client);
  }

  /** Asks for the state of the same resource by a new, confirmable GET. */
  public CompletionStage<Outcome> readBack() {
    return client.handle(
        request
            .withMethod(Code.GET)
            .withOptions(request.options().filter(Reconciliation::namesTheResource))
            .withPayload(Bytes.empty())
            .withReliability(Reliability.CONFIRMABLE));
  }

  /** True when {@link #repeat()} is allowed. */
  public boolean isRepeatable() {
    return request.method().isIdempotent();
  }

  /**
   * Sends the same request again, as a new one.
   *
   * @throws IllegalStateException when the method is not idempotent (RFC 7252, Section 5.1): a
   *     second execution could do the thing twice
   */
  public CompletionStage<Outcome> repeat() {
    if (!isRepeatable()) {
      throw new IllegalStateException(
          request.method().title()
              + " is not idempotent: it may have been executed, and repeating it could do it"
              + " twice; read the state back first");
    }
    return client.handle(request);
  }

  private static boolean namesTheResource(int number) {
    return switch (number) {
      case OptionNumber.URI_HOST,
          OptionNumber.URI_PORT,
          OptionNumber.URI_PATH,
          OptionNumber.URI_QUERY,
          OptionNumber.PROXY_URI,
          OptionNumber.PROXY_SCHEME ->
          true;
      default -> false;
    };
  }
}
