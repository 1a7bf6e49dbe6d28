package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestForm;
import dev.moat.oscore.protect.VerifiedResponse;
import java.util.OptionalLong;

/** Makes protected requests as they arrive at a server, and reads the answers. */
final class Requester {
  private final SecurityContext context;
  private final RequestForm form;
  private final Protector protector = new Protector(Contexts.CRYPTO);

  Requester(SecurityContext context) {
    this(context, RequestForm.STANDARD);
  }

  Requester(SecurityContext context, RequestForm form) {
    this.context = context;
    this.form = form;
  }

  static Request get() {
    return Request.to(Contexts.SERVER, Code.GET, "oscore/hello/1");
  }

  static Request put() {
    return Request.to(Contexts.SERVER, Code.PUT, "lock").withPayload(Bytes.utf8("unlock"));
  }

  static Request observe(int value) {
    return get().with(Option.uint(OptionNumber.OBSERVE, value));
  }

  Asked ask(Request inner) {
    return ask(inner, Contexts.CLIENT, true);
  }

  Asked ask(Request inner, Peer from, boolean addressProven) {
    Request arriving = Contexts.arrived(inner, from, addressProven);
    try {
      return new Asked(protector, protector.protectRequest(context, arriving, form));
    } catch (OscoreException failure) {
      throw new AssertionError(failure);
    }
  }

  /** A request under way. */
  record Asked(Protector protector, ProtectedRequest request) {
    Request outer() {
      return request.outer();
    }

    VerifiedResponse verify(Response response) throws OscoreException {
      return protector.unprotectResponse(request.binding(), response);
    }

    /** The answer inside; fails the test when it does not verify. */
    Response read(Response response) {
      return opened(response).inner();
    }

    OptionalLong partialIv(Response response) {
      return opened(response).partialIv();
    }

    private VerifiedResponse opened(Response response) {
      try {
        return verify(response);
      } catch (OscoreException failure) {
        throw new AssertionError(failure.reason() + " in " + response, failure);
      }
    }
  }
}
