package dev.moat.cli.conform;

import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;

/**
 * A client and a server with one security context, and the protectors of production. Made anew for
 * every exchange of a vector, so that sequence numbers and windows are those that it states.
 */
final class ProtectedPair implements AutoCloseable {
  private final AeadRecorder recorder = new AeadRecorder();
  private final Protector protector = new Protector(recorder);
  private final SecurityContext client;
  private final SecurityContext server;

  /**
   * A pair.
   *
   * @param parameters the client's view; closed
   * @param clientFirst the sequence number of the client's next request
   * @param serverFirst the number that the server would use next
   */
  ProtectedPair(ContextParameters parameters, long clientFirst, long serverFirst) {
    this.server = VectorContext.derive(parameters.reversed(), recorder, serverFirst);
    this.client = VectorContext.derive(parameters, recorder, clientFirst);
  }

  /** What went through the AEAD. */
  AeadRecorder recorder() {
    return recorder;
  }

  /** The client protects. */
  ProtectedRequest send(Request inner) {
    try {
      recorder.clear();
      return protector.protectRequest(client, inner);
    } catch (OscoreException e) {
      throw refused("protect the request", e);
    }
  }

  /** The server verifies; a new request must be told from a replay. */
  Unprotected.Fresh receive(Request outer) {
    try {
      recorder.clear();
      Unprotected result = protector.unprotectRequest(server, outer);
      if (result instanceof Unprotected.Fresh fresh) {
        return fresh;
      }
      throw new IllegalArgumentException("the server takes the request for " + result);
    } catch (OscoreException e) {
      throw refused("verify the request", e);
    }
  }

  /** The server protects, with the request's nonce or a Partial IV of its own. */
  Response answer(RequestBinding binding, Response inner, boolean ownPartialIv) {
    try {
      recorder.clear();
      return protector.protectResponse(
          binding, inner, ownPartialIv ? ResponseForm.OWN_PARTIAL_IV : ResponseForm.REUSE_NONCE);
    } catch (OscoreException e) {
      throw refused("protect the response", e);
    }
  }

  /** The client verifies. */
  Response verify(RequestBinding binding, Response outer) throws OscoreException {
    recorder.clear();
    return protector.unprotectResponse(binding, outer).inner();
  }

  private static IllegalArgumentException refused(String step, OscoreException e) {
    return new IllegalArgumentException("cannot " + step + ": " + e.reason(), e);
  }

  @Override
  public void close() {
    protector.close();
    client.close();
    server.close();
  }
}
