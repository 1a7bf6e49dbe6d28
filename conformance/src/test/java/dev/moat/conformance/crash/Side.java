package dev.moat.conformance.crash;

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
import dev.moat.oscore.protect.RequestBinding;
import java.util.Optional;

/** One of two endpoints, client and server with one context. All it remembers ends with it. */
final class Side {
  static final Peer PEER = Peer.of(Bytes.of(127, 0, 0, 1), 5683);

  private final SecurityContext context;
  private final Protector protector;
  private final Receiver receiver;

  Side(SecurityContext context, Protector protector, Receiver receiver) {
    this.context = context;
    this.protector = protector;
    this.receiver = receiver;
  }

  /** The half that takes requests. */
  Receiver receiver() {
    return receiver;
  }

  /** A request whose payload is its number. */
  ProtectedRequest request(long number, boolean observe, Optional<Bytes> answer)
      throws OscoreException {
    Request inner =
        Request.to(PEER, observe ? Code.GET : Code.PUT, "lock")
            .withPayload(observe ? Bytes.empty() : numberOf(number))
            .with(new Option(OptionNumber.ETAG, numberOf(number)));
    if (observe) {
      inner = inner.with(Option.uint(OptionNumber.OBSERVE, 0));
    }
    if (answer.isPresent()) {
      inner = inner.with(new Option(OptionNumber.ECHO, answer.get()));
    }
    return protector.protectRequest(context, inner);
  }

  private static Bytes numberOf(long number) {
    return Bytes.uint(number);
  }

  /** Verifies a response; gives the Echo value that it demands. */
  Optional<Bytes> conclude(RequestBinding binding, Response outer) throws OscoreException {
    Response inner = protector.unprotectResponse(binding, outer).inner();
    return inner.code().equals(Code.UNAUTHORIZED)
        ? inner.options().first(OptionNumber.ECHO)
        : Optional.empty();
  }
}
