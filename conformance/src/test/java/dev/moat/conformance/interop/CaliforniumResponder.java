package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.testkit.InsecureSeededRandom;
import java.io.Closeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;

/** A Californium server whose resource at /.well-known/edhoc is our responder, without our CoAP. */
final class CaliforniumResponder implements Closeable {
  private static final int EDHOC = 64;
  private static final int TRUE = 0xf5;

  private final CoapServer server;
  private final CoapEndpoint endpoint;
  private final List<Integer> formats = new CopyOnWriteArrayList<>();
  private final List<EdhocSession> sessions = new CopyOnWriteArrayList<>();

  CaliforniumResponder() {
    Configuration configuration = Californium.configuration();
    server = new CoapServer(configuration);
    endpoint = Californium.endpoint(configuration);
    server.addEndpoint(endpoint);
    server.getRoot().getChild(".well-known").add(new EdhocResource());
    server.start();
  }

  int port() {
    return endpoint.getAddress().getPort();
  }

  /** The Content-Formats of all requests. */
  List<Integer> formats() {
    return formats;
  }

  List<EdhocSession> sessions() {
    return sessions;
  }

  @Override
  public void close() {
    server.destroy();
  }

  /** One run at a time. */
  private final class EdhocResource extends CoapResource {
    private final InsecureSeededRandom random = new InsecureSeededRandom(14);
    private Optional<ResponderRun> run = Optional.empty();

    EdhocResource() {
      super("edhoc");
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      formats.add(exchange.getRequestOptions().getContentFormat());
      Bytes payload = Bytes.copyOf(exchange.getRequestPayload());
      Optional<Bytes> answer =
          payload.at(0) == TRUE ? first(payload.slice(1, payload.length())) : next(payload);
      answer.ifPresentOrElse(
          message -> exchange.respond(ResponseCode.CHANGED, message.toArray(), EDHOC),
          () -> exchange.respond(ResponseCode.BAD_REQUEST));
    }

    private Optional<Bytes> first(Bytes message1) {
      ResponderStep step =
          ResponderRun.receive(
              EdhocPair.responder(), message1, cI -> ConnectionId.of(0x27), random);
      if (step instanceof ResponderStep.SendMessage2 sending) {
        run = Optional.of(sending.run());
        return Optional.of(sending.message2());
      }
      return Optional.empty();
    }

    private Optional<Bytes> next(Bytes payload) {
      try {
        ConnectionId.Prefixed prefixed = ConnectionId.prefixOf(payload);
        Optional<ResponderRun> named = run.filter(r -> r.cR().equals(prefixed.id()));
        return named.flatMap(r -> last(r.onMessage3(prefixed.rest(), Instant.EPOCH)));
      } catch (EdhocException malformed) {
        return Optional.empty();
      }
    }

    private Optional<Bytes> last(ResponderStep step) {
      if (step instanceof ResponderStep.Completed completed) {
        sessions.add(completed.session());
        return completed.message4();
      }
      return Optional.empty();
    }
  }
}
