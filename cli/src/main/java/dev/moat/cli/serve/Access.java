package dev.moat.cli.serve;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells who asked what, as the transport knows them.
 *
 * @param events takes the lines
 */
record Access(EventSink events) {
  /** Answers as {@code handler} does, and tells of it. */
  Function<Request, Response> told(String path, Function<Request, Response> handler) {
    return request -> {
      Response response = handler.apply(request);
      events.emit(new Served(request.method(), path, response.code(), identity(request)));
      return response;
    };
  }

  /** Answers nobody who is known by nothing, though the transport is protected. */
  static Function<Request, Response> byKnown(Function<Request, Response> handler) {
    return request ->
        isAnonymous(request)
            ? Response.diagnostic(
                Code.UNAUTHORIZED, "this resource obeys clients with a certificate only")
            : handler.apply(request);
  }

  private static boolean isAnonymous(Request request) {
    boolean transportOnly =
        request
            .context()
            .find(Arrival.KEY)
            .filter(arrival -> arrival.security() == Arrival.Security.TRANSPORT)
            .isPresent();
    return transportOnly
        && identity(request).filter(who -> !(who instanceof PeerIdentity.Anonymous)).isEmpty();
  }

  private static Optional<PeerIdentity> identity(Request request) {
    return request.context().find(PeerIdentity.KEY);
  }

  /**
   * A request that was answered.
   *
   * @param method of the request
   * @param path the template of the resource
   * @param code of the response
   * @param identity who asked; empty without DTLS or TLS
   */
  record Served(Code method, String path, Code code, Optional<PeerIdentity> identity)
      implements Event {
    /** True when the transport knows who asked. */
    boolean isByKnown() {
      return identity.filter(who -> !(who instanceof PeerIdentity.Anonymous)).isPresent();
    }

    @Override
    public String describe() {
      String who = identity.map(PeerIdentity::words).orElse("someone without DTLS or TLS");
      return method.title() + " " + path + " by " + who + ": " + code;
    }
  }
}
