package dev.moat.engine.resource;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.Optional;

/**
 * Decides which requests the policies let in, by security and confirmability. Owned by one event
 * loop.
 */
final class PolicyGate {
  private final PolicyConfig config;
  private final EventSink events;
  private boolean toldUnsecured;

  PolicyGate(PolicyConfig config, EventSink events) {
    this.config = config;
    this.events = events;
  }

  /** 4.01 for a request that lacks demanded security. */
  Optional<Response> checkSecurity(Request request, String template, ResourcePolicy policy) {
    boolean secured =
        request
            .context()
            .find(Arrival.KEY)
            .map(arrival -> arrival.security() != Arrival.Security.NONE)
            .orElse(false);
    boolean demanded =
        (config.securedOnly() && !policy.establishesSecurity())
            || policy.security().covers(request.method());
    if (secured || !demanded || isExempt(policy)) {
      return Optional.empty();
    }
    tell(template, request, ResourceEvent.Reason.UNSECURED);
    return Optional.of(Refusal.because(Code.UNAUTHORIZED, "this resource demands security"));
  }

  /** 4.00 for a non-confirmable request where confirmable ones are demanded; it goes out as NON. */
  Optional<Response> checkConfirmable(Request request, String template, ResourcePolicy policy) {
    boolean exempt =
        config.insecureUnconfirmedActuators() && policy.confirmable() == Demand.UNSAFE_METHODS;
    if (request.reliability() == Reliability.CONFIRMABLE
        || exempt
        || !policy.confirmable().covers(request.method())) {
      return Optional.empty();
    }
    tell(template, request, ResourceEvent.Reason.NON_CONFIRMABLE);
    return Optional.of(
        Refusal.because(Code.BAD_REQUEST, "this resource demands confirmable requests"));
  }

  private boolean isExempt(ResourcePolicy policy) {
    boolean exempt =
        config.insecureUnsecuredActuators()
            && !config.securedOnly()
            && policy.security() == Demand.UNSAFE_METHODS;
    if (exempt && !toldUnsecured) {
      toldUnsecured = true;
      events.emit(new ResourceEvent.UnsecuredActuatorsAllowed());
    }
    return exempt;
  }

  private void tell(String template, Request request, ResourceEvent.Reason reason) {
    events.emit(new ResourceEvent.Refused(template, request.method(), reason));
  }
}
