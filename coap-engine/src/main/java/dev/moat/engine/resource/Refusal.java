package dev.moat.engine.resource;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Response;

/** Error responses that say why, for people at the other end. */
public final class Refusal {
  private Refusal() {}

  /** An error with {@code title} as its explanation. */
  public static Response because(Code code, String title) {
    return Response.diagnostic(code, title);
  }
}
