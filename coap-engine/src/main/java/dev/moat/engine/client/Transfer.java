package dev.moat.engine.client;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;

/**
 * A conversation of several exchanges that ends in one outcome: a pure state machine, run by {@link
 * TransferRun}.
 */
interface Transfer {
  /** The first step. */
  Step start();

  /** The step after the exchange that the last {@link Send} began. */
  Step on(Outcome outcome);

  /** What happens next. */
  sealed interface Step {}

  /** An exchange. */
  record Send(Request request) implements Step {}

  /** The end. */
  record Done(Outcome outcome) implements Step {}
}
