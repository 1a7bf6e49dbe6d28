package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.OptionWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.ResponseForm;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Protects the answers to one verified request (RFC 8613, Section 8.3).
 *
 * <p>The request's own nonce protects one answer, and only where it cannot have protected another
 * before: not while the replay window is untrusted, and not for what follows a registration
 * (Sections 5.2 and 8.3.1).
 */
final class AnswerProtection {
  /** Header, OSCORE option, Outer Observe, marker and code: no protected message has more. */
  private static final int ENVELOPE_OCTETS = 4 + 7 + 4 + 1 + 1;

  private final Request outer;
  private final VerifiedRequest request;
  private final Protector protector;
  private final MessageLayer messageLayer;
  private final EventSink events;
  private final ResponseForm form;

  AnswerProtection(
      Request outer,
      VerifiedRequest request,
      Protector protector,
      MessageLayer messageLayer,
      EventSink events) {
    this.outer = outer;
    this.request = request;
    this.protector = protector;
    this.messageLayer = messageLayer;
    this.events = events;
    boolean ownNonce = !request.synchronised() || request.isRegistration();
    this.form = ownNonce ? ResponseForm.OWN_PARTIAL_IV : ResponseForm.REUSE_NONCE;
  }

  /** The reply as it goes out. */
  Reply protect(Reply reply) {
    boolean observed =
        request.isRegistration()
            && reply instanceof Reply.Observed
            && messageLayer.takesObservation(outer);
    Response first = prepared(reply.first(), observed);
    if (isUnwanted(first)) {
      messageLayer.suppress(outer);
    }
    Response sealed = sealed(fitted(first));
    return reply instanceof Reply.Observed several
        ? new Reply.Observed(sealed, new ProtectedNotifications(several.notifications()))
        : Reply.of(sealed);
  }

  /** RFC 8613, Section 8.3: errors of CoAP processing are protected as well. */
  Reply failed(Throwable fault) {
    events.emit(OscoreEvent.StageFailed.of(outer.peer(), fault));
    return Reply.of(sealed(Response.of(Code.INTERNAL_SERVER_ERROR)));
  }

  /** Inner Observe marks notifications and nothing else; it is empty (Section 4.1.3.5.2). */
  private static Response prepared(Response response, boolean notification) {
    return notification && response.code().isSuccess()
        ? response.with(new Option(OptionNumber.OBSERVE, Bytes.empty()))
        : response.withOptions(response.options().without(OptionNumber.OBSERVE));
  }

  /** The inner No-Response counts, never the outer one (RFC 8613, Section 4.1.3.6). */
  private boolean isUnwanted(Response response) {
    OptionalLong unwanted = request.inner().options().uint(OptionNumber.NO_RESPONSE);
    return unwanted.isPresent()
        && ((unwanted.getAsLong() >>> (response.code().codeClass() - 1)) & 1) != 0;
  }

  /**
   * Towards an unproven address: an answer to an unsafe request loses its payload before it is
   * protected, as it cannot be cut afterwards. One to a safe request stays: the message layer asks
   * for proof instead.
   */
  private Response fitted(Response response) {
    OptionalInt budget = messageLayer.answerBudgetOctets(outer);
    if (budget.isEmpty()
        || request.inner().method().isSafe()
        || response.payload().isEmpty()
        || octets(response) <= budget.getAsInt()) {
      return response;
    }
    events.emit(new OscoreEvent.Shortened(outer.peer(), octets(response)));
    return response.withPayload(Bytes.empty());
  }

  /** The largest number when the answer has no form; protecting it fails then, too. */
  private int octets(Response response) {
    int token = outer.context().find(Arrival.KEY).map(a -> a.token().length()).orElse(0);
    int envelope = ENVELOPE_OCTETS + token + request.context().aead().tagOctets();
    try {
      return envelope + OptionWriter.lengthOctets(response.options(), response.payload());
    } catch (IllegalArgumentException noSuchForm) {
      return Integer.MAX_VALUE;
    }
  }

  /** Protected, or an error that tells nothing: what cannot be protected is not sent. */
  private Response sealed(Response response) {
    try {
      return protector.protectResponse(request.binding(), response, form);
    } catch (OscoreException failure) {
      events.emit(new OscoreEvent.ProtectionFailed(outer.peer(), failure.reason()));
      Response error = Response.of(Code.INTERNAL_SERVER_ERROR);
      return isMistaken(failure) ? sealed(error) : error;
    }
  }

  /** True when the resource made an answer that has no form: another one can be protected. */
  private static boolean isMistaken(OscoreException failure) {
    return switch (failure.reason()) {
      case NESTED, OPTION_TOO_LONG -> true;
      default -> false;
    };
  }

  /**
   * Notifications, each under a Partial IV of its own. The last word is protected too, so that the
   * client believes it.
   */
  private final class ProtectedNotifications implements Notifications {
    private final Notifications source;

    ProtectedNotifications(Notifications source) {
      this.source = source;
    }

    @Override
    public void subscribe(Listener listener) {
      source.subscribe(
          new Listener() {
            private boolean over;

            @Override
            public void onNotification(Response notification) {
              over = over || !notification.code().isSuccess();
              listener.onNotification(sealed(prepared(notification, true)));
            }

            @Override
            public void onEnd(End reason) {
              if (!over && (reason == End.RESOURCE_ENDED || reason == End.EVICTED)) {
                listener.onNotification(sealed(Response.of(Code.SERVICE_UNAVAILABLE)));
              }
              listener.onEnd(reason);
            }
          });
    }

    @Override
    public void cancel() {
      source.cancel();
    }

    @Override
    public boolean isConfirmable() {
      return source.isConfirmable();
    }
  }
}
