package dev.moat.engine;

import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.engine.amplification.Account;
import org.jspecify.annotations.Nullable;

/**
 * A separate response, or one to a non-confirmable request (RFC 7252, Sections 5.2.2 and 5.2.3).
 */
final class ResponseTransmission extends Transmission {
  private final EngineCore core;
  private final Addressee to;
  private final Response response;

  ResponseTransmission(
      EngineCore core,
      Transmissions transmissions,
      Remote remote,
      Addressee to,
      Response response,
      boolean confirmable) {
    super(transmissions, remote, confirmable);
    this.core = core;
    this.to = to;
    this.response = response;
  }

  @Override
  Message message(int withId) {
    return Answers.message(
        confirmable ? MessageType.CON : MessageType.NON, withId, to.token(), response);
  }

  @Override
  @Nullable Account account(long nowNanos) {
    // The first copy was charged by whoever decided what to answer.
    return copies <= 1 ? null : to.charged(core, nowNanos);
  }

  @Override
  boolean isGated() {
    return false; // paced by the requests that it answers
  }

  @Override
  void acknowledged(long nowNanos) {}

  @Override
  void rejected(long nowNanos) {}

  @Override
  void gaveUp(long nowNanos) {}

  @Override
  void unsendable(Outcome.Cause cause, long nowNanos) {
    core.emit(new EngineEvent.Unsendable(to.peer(), response.code()));
  }
}
