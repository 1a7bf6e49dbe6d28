package dev.moat.foe.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Request;
import dev.moat.engine.TokenSource;

/**
 * Tokens as a scenario says, used again and again: what RFC 7252 allows as long as the earlier
 * request is no longer in use, and what RFC 9175, Section 4.2, forbids.
 */
public final class InsecureScriptedTokens implements TokenSource {
  /** The token that the scenario gives a request. */
  public static final Context.Key<Bytes> TOKEN = new Context.Key<>("scripted token");

  private static final Bytes UNSCRIPTED = Bytes.of(0xff);

  /** A source for one engine. */
  public InsecureScriptedTokens() {}

  @Override
  public Bytes next(Request request) {
    return request.context().find(TOKEN).orElse(UNSCRIPTED);
  }
}
