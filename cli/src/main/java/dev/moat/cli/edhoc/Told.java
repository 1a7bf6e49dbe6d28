package dev.moat.cli.edhoc;

import dev.moat.edhoc.coap.HandshakeEvent;

/** Who hears of a client's handshakes. Called on the event loop. */
interface Told {
  /** A session is complete, and confirmed by the server; it is closed when this returns. */
  void completed(SessionReport report);

  /** Something else happened. */
  void event(HandshakeEvent event);
}
