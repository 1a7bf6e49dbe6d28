package dev.moat.conformance.crash;

import dev.moat.coap.service.Request;

/** Sees what the endpoints of a crash test do, before it takes effect. */
interface Observer {
  /** A message is about to be sealed. */
  void sealing(Seal seal);

  /** A request is about to leave for {@code receiver}. */
  void sending(int receiver, Request outer);

  /** A server is about to act on a request. */
  void accepting(long request);

  /** A server has refused a request that was sent before. */
  void refused();
}
