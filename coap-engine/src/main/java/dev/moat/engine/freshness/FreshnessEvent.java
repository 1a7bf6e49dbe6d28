package dev.moat.engine.freshness;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;

/** What the freshness filters tell the operator, and judges. */
public sealed interface FreshnessEvent extends Event {
  /** A server refused a request whose age it could not bound, and sent a challenge. */
  record Challenged(Peer peer, Code method, Reason reason) implements FreshnessEvent {
    @Override
    public String describe() {
      return method.title() + " from " + peer + " challenged by Echo: " + reason;
    }
  }

  /** A client answered a challenge by repeating its request. */
  record Answered(Peer peer, Code method) implements FreshnessEvent {
    @Override
    public String describe() {
      return method.title() + " to " + peer + " repeated with Echo";
    }
  }

  /** Why a request was challenged. */
  enum Reason {
    /** It carried no Echo value. */
    NO_ECHO,
    /** Its Echo value was older than the window, or not made here for this peer. */
    NOT_FRESH
  }
}
