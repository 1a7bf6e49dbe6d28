package dev.moat.oscore.filter;

import dev.moat.coap.service.Request;
import java.util.OptionalInt;

/** What the server stage and the message layer below it tell each other about one request. */
public interface MessageLayer {
  /** A message layer that limits nothing and sends every answer. */
  MessageLayer NONE =
      new MessageLayer() {
        @Override
        public void verified(Request outer, Request inner) {}

        @Override
        public void suppress(Request outer) {}

        @Override
        public OptionalInt answerBudgetOctets(Request outer) {
          return OptionalInt.empty();
        }
      };

  /**
   * {@code outer} turned out to be {@code inner}: from now on that one's method and Observe count,
   * such as for the end of an observation (RFC 8613, Section 4.1.3.5.1).
   */
  void verified(Request outer, Request inner);

  /** The answer to {@code outer}, whatever it is, must not be sent (RFC 7967). */
  void suppress(Request outer);

  /**
   * True when {@code outer}, verified as a registration, would begin an observation now. The answer
   * says inside whether it does, and once sealed it cannot be changed.
   */
  default boolean takesObservation(Request outer) {
    return true;
  }

  /** The longest message that may answer {@code outer}; empty when its address is proven. */
  OptionalInt answerBudgetOctets(Request outer);
}
