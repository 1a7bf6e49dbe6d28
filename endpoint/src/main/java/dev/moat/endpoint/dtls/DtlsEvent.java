package dev.moat.endpoint.dtls;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;

/** What happened between DTLS and the protocol above it. */
public sealed interface DtlsEvent extends Event {
  /**
   * A handshake completed.
   *
   * @param initiated true when this side began it
   */
  record Associated(Peer peer, PeerIdentity identity, boolean initiated) implements DtlsEvent {
    @Override
    public String describe() {
      return "association " + peer.association() + " with " + peer + ": " + identity.words();
    }
  }

  /** An association is over. */
  record Ended(Peer peer) implements DtlsEvent {
    @Override
    public String describe() {
      return "association " + peer.association() + " with " + peer + " ended";
    }
  }

  /**
   * A handshake that a client began came to nothing.
   *
   * @param address where the client is, or who forged its address seems to be
   * @param sentence what is the matter, for people
   */
  record HandshakeRefused(String address, String sentence) implements DtlsEvent {
    @Override
    public String describe() {
      return "no association with " + address + ": " + sentence;
    }
  }

  /** A message for an association that is over, or whose address is unknown, was dropped. */
  record Unsent(Peer peer, int octets) implements DtlsEvent {
    @Override
    public String describe() {
      return "dropped a message of "
          + octets
          + " octets for the ended association "
          + peer.association()
          + " with "
          + peer;
    }
  }

  /**
   * A defect of this program: what showed it is given up, the loop goes on.
   *
   * @param fault the exception's class and the place it came from; no message, it might quote
   *     content
   */
  record Fault(String fault) implements DtlsEvent {
    static Fault of(Throwable thrown) {
      StackTraceElement[] trace = thrown.getStackTrace();
      String place = trace.length == 0 ? "" : " at " + trace[0];
      return new Fault(thrown.getClass().getName() + place);
    }

    @Override
    public String describe() {
      return "fault in DTLS: " + fault;
    }
  }
}
