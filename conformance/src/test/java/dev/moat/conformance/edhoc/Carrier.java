package dev.moat.conformance.edhoc;

import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import java.util.Optional;

/** What carries the messages of a handshake. */
enum Carrier {
  /** Octets in order, with lengths; nothing of CoAP. */
  PIPE(PipeCarrier::run),
  /** UDP sockets on loopback, with retransmission, block-wise transfer and Echo. */
  COAP(CoapCarrier::run);

  private final Way way;

  Carrier(Way way) {
    this.way = way;
  }

  /** A handshake from its beginning to its end. */
  Ending run(EdhocSettings initiator, EdhocSettings responder, Method method) throws Exception {
    return way.run(initiator, responder, method);
  }

  /** The sessions that were completed, with message_4. */
  record Ending(Optional<EdhocSession> initiator, Optional<EdhocSession> responder) {}

  private interface Way {
    Ending run(EdhocSettings initiator, EdhocSettings responder, Method method) throws Exception;
  }
}
