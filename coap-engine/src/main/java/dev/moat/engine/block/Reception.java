package dev.moat.engine.block;

import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;

/** What a message meant to the block-wise server. */
sealed interface Reception {
  /** A whole request for the handler. */
  record Whole(Request request, BlockTerms terms) implements Reception {}

  /** No request yet, or none at all: this answers the message. */
  record Answer(Response response) implements Reception {}
}
