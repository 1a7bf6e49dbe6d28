package dev.moat.conformance.crash;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import java.util.Optional;

/** The server's half of a side. */
interface Receiver {
  /** Judges a request, perhaps an old one, and answers it. */
  Optional<Response> receive(Request outer) throws OscoreException;

  /** Notifies an observer, if there is one. */
  void notifyObserver() throws OscoreException;

  /** Makes servers. */
  @FunctionalInterface
  interface Kind {
    Receiver of(
        SecurityContext context, Protector protector, Observer observer, RandomSource random);
  }
}
