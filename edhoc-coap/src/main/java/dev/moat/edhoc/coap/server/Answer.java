package dev.moat.edhoc.coap.server;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Response;
import java.util.function.Function;
import java.util.function.Supplier;

/** What follows from a message of a handshake. */
sealed interface Answer {
  /** One value for each of the two cases. */
  <T> T fold(Function<Response, T> send, Supplier<T> prove);

  /** 5.03: later (RFC 7252, Section 5.9.3.4). */
  static Answer busy(long seconds) {
    return new Send(
        Response.of(Code.SERVICE_UNAVAILABLE).with(Option.uint(OptionNumber.MAX_AGE, seconds)));
  }

  /** This response. */
  record Send(Response response) implements Answer {
    @Override
    public <T> T fold(Function<Response, T> send, Supplier<T> prove) {
      return send.apply(response);
    }
  }

  /** The address has to prove itself first, and the message to come once more. */
  record Prove() implements Answer {
    @Override
    public <T> T fold(Function<Response, T> send, Supplier<T> prove) {
      return prove.get();
    }
  }
}
