package dev.moat.oscore.kudos;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import dev.moat.oscore.rekey.RekeyException;

/** What a server that updates keys tells the operator. */
public sealed interface KudosEvent extends Event {
  /** The client has CTX_NEW; CTX_OLD is erased. */
  record Confirmed(Peer peer, boolean forwardSecret) implements KudosEvent {
    @Override
    public String describe() {
      return "keys updated with " + peer + (forwardSecret ? "" : ", without forward secrecy");
    }
  }

  /** A KUDOS message was refused. */
  record Refused(Peer peer, RekeyException.Reason reason) implements KudosEvent {
    @Override
    public String describe() {
      return "key update refused to " + peer + ": " + reason.description();
    }
  }
}
