package dev.moat.engine.resource;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;

/** What router and policies tell the operator. Paths are templates, never what a peer sent. */
public sealed interface ResourceEvent extends Event {
  /** A resource gave up a demand of its default policy; told once, when it is added. */
  record PolicyRelaxed(String template, OptOut optOut) implements ResourceEvent {
    @Override
    public String describe() {
      return "resource " + template + ": " + optOut.what() + " (" + optOut.reason() + ")";
    }
  }

  /** Actuators answer unprotected requests; told once, with the first such request. */
  record UnsecuredActuatorsAllowed() implements ResourceEvent {
    @Override
    public String describe() {
      return "actuators answer requests without security: configured for tests and laboratories";
    }
  }

  /** A policy refused a request. */
  record Refused(String template, Code method, Reason reason) implements ResourceEvent {
    @Override
    public String describe() {
      return method.title() + " " + template + " refused: " + reason;
    }
  }

  /** A handler threw or its stage failed; the peer saw 5.00 and nothing else. */
  record HandlerFailed(String template, Code method, String exceptionClass)
      implements ResourceEvent {
    @Override
    public String describe() {
      return method.title() + " " + template + " failed: " + exceptionClass;
    }
  }

  /** Which rule a refused request broke. */
  enum Reason {
    /** It came without security. */
    UNSECURED,
    /** It came in a non-confirmable message. */
    NON_CONFIRMABLE
  }
}
