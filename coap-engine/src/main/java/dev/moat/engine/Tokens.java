package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Request;
import java.util.Map;
import java.util.Optional;

/** Gives each request of ours a token that nothing else of its peer uses (RFC 7252, 5.3.1). */
final class Tokens {
  private final TokenSource source;

  Tokens(EngineCore core) {
    this.source = core.config.tokens().create(core.random);
  }

  /**
   * A token that is not {@code inUse} (RFC 7252, Section 5.3.1; RFC 9175, Section 4.2); empty when
   * there is none.
   */
  Optional<Bytes> choose(Request request, Map<Bytes, Outbound> inUse) {
    Optional<Outbound> former = request.context().find(Outbound.SAME_TOKEN_AS);
    if (former.isPresent()) {
      return Optional.of(former.get().token()).filter(token -> !inUse.containsKey(token));
    }
    return source.choose(request, inUse::containsKey);
  }
}
