package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Request;
import dev.moat.engine.TokenSource;

/**
 * Gives the first request the token that the user chose. Later ones of the same command, such as
 * further blocks or the answer to a challenge, get other tokens, since none is used twice (RFC
 * 9175, Section 4.2).
 */
final class ChosenToken implements TokenSource {
  private final Bytes chosen;
  private final TokenSource others;
  private boolean used;

  ChosenToken(Bytes chosen, TokenSource others) {
    this.chosen = chosen;
    this.others = others;
  }

  @Override
  public Bytes next(Request request) {
    if (used) {
      return others.next(request);
    }
    used = true;
    return chosen;
  }
}
