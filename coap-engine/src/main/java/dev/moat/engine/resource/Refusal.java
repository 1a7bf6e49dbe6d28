package dev.moat.engine.resource;

import dev.moat.coap.message.Code;
import dev.moat.coap.problem.ProblemDetails;
import dev.moat.coap.service.Response;

/** Error responses that say why (RFC 9290), without anything that an attacker may not know. */
public final class Refusal {
  private Refusal() {}

  /** An error with {@code title} as its explanation. */
  public static Response because(Code code, String title) {
    return ProblemDetails.of(title).toResponse(code);
  }
}
