package dev.moat.engine;

import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import java.util.Optional;

/**
 * Which requests begin, replace and end the relations of observers (RFC 7641, Section 4.1),
 * whatever carries them.
 */
final class Registrations {
  private final Observers observers;

  Registrations(Observers observers) {
    this.observers = observers;
  }

  Observers observers() {
    return observers;
  }

  /** True when {@code first} answers a registration whose token is not somebody else's. */
  boolean isMadeBy(Inbound exchange, Response first) {
    return isRegistration(exchange, first) && !isTaken(exchange);
  }

  /** True when there is room for the relation that a request asks for. */
  boolean takes(Inbound request) {
    boolean room = find(request).isPresent() || hasRoom(request.peer());
    return room && !isTaken(request) && !request.multicast;
  }

  /** True when one more relation may be added. */
  boolean hasRoom(Peer peer) {
    return observers.hasRoom(peer);
  }

  /** The relation of this endpoint and token. */
  Optional<Observation> find(Inbound request) {
    return observers.find(request.peer(), request.token());
  }

  /**
   * The relation that a request ends: that of its endpoint, token and security association, so that
   * whoever forges addresses cannot end a protected one (RFC 8613, Section 4.1.3.5). A protected
   * request says only once verified what it is.
   */
  Optional<Observation> deregistered(Inbound request) {
    boolean asked = request.method().isSafe() && request.options().observe().orElse(0) == 1;
    return asked
        ? find(request).filter(known -> known.association == request.association())
        : Optional.empty();
  }

  /**
   * True when the token is that of another security association's relation. A relation without
   * security keeps nobody out: anyone may have forged it.
   */
  private boolean isTaken(Inbound request) {
    long association = find(request).map(known -> known.association).orElse(0L);
    return association != 0 && association != request.association();
  }

  /** The outer code of a protected state says nothing; Observe is on states only. */
  private static boolean isRegistration(Inbound exchange, Response first) {
    boolean state = !exchange.isProtected() || first.options().has(OptionNumber.OBSERVE);
    return state
        && first.code().isSuccess()
        && exchange.method().isSafe()
        && !exchange.multicast
        && exchange.options().observe().orElse(-1) == 0
        && !Answers.isSuppressed(exchange, first);
  }
}
