package dev.moat.engine;

import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import java.util.List;
import java.util.Optional;

/** What an endpoint answers by itself to requests that no resource should see. */
final class Refusals {
  private static final long RETRY_SECONDS = 60;

  private final EngineCore core;

  Refusals(EngineCore core) {
    this.core = core;
  }

  /**
   * For what a request says: critical options (RFC 7252, Section 5.4.1), or a wish for a proxy
   * (Section 5.10.2).
   *
   * @param critical options that cannot be processed
   */
  Optional<Refusal> of(Message message, List<Option> critical) {
    if (!critical.isEmpty()) {
      String diagnostic =
          "cannot process " + core.config.options().nameOf(critical.get(0).number());
      Response refusal = Response.diagnostic(Code.BAD_OPTION, diagnostic);
      return Optional.of(new Refusal(refusal, Why.CRITICAL_OPTION));
    }
    boolean elsewhere =
        message.options().has(OptionNumber.PROXY_URI)
            || message.options().has(OptionNumber.PROXY_SCHEME);
    return elsewhere
        ? Optional.of(new Refusal(Response.of(Code.PROXYING_NOT_SUPPORTED), Why.NOT_A_PROXY))
        : Optional.empty();
  }

  /** For lack of room. */
  static Refusal busy() {
    Response busy =
        Response.of(Code.SERVICE_UNAVAILABLE)
            .with(Option.uint(OptionNumber.MAX_AGE, RETRY_SECONDS));
    return new Refusal(busy, Why.OVERLOAD);
  }

  /** An answer and its reason. */
  record Refusal(Response response, Why why) {}
}
