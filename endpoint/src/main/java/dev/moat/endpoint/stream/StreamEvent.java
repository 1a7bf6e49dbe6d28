package dev.moat.endpoint.stream;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.udp.Transport;

/** What happened between the connections and the protocol. */
public sealed interface StreamEvent extends Event {
  /**
   * A listener is open.
   *
   * @param kind what it expects
   * @param address where it is bound, as text
   * @param transport how it is driven
   */
  record Bound(StreamKind kind, String address, Transport transport) implements StreamEvent {
    @Override
    public String describe() {
      return "listening for " + kind + " on " + address + " by " + transport;
    }
  }

  /** A connection is open and its other end is who it has to be. */
  record Opened(Peer peer, StreamKind kind, String identity) implements StreamEvent {
    @Override
    public String describe() {
      return kind + " connection with " + peer + ", " + identity;
    }
  }

  /**
   * Who connected did not get as far as CoAP.
   *
   * @param from its address
   * @param sentence why, for people
   */
  record HandshakeRefused(Peer from, String sentence) implements StreamEvent {
    @Override
    public String describe() {
      return "refused " + from + ": " + sentence;
    }
  }

  /**
   * There is no room for one more connection.
   *
   * @param from the address of the latest that was turned away
   * @param sentence which limit, for people
   * @param unreported how many others were turned away since the last such event
   */
  record ConnectionRefused(Peer from, String sentence, long unreported) implements StreamEvent {
    @Override
    public String describe() {
      return "turned " + from + " away: " + sentence + "; and " + unreported + " others before";
    }
  }

  /**
   * An open connection was given up.
   *
   * @param sentence why, for people
   */
  record ConnectionDropped(Peer peer, String sentence) implements StreamEvent {
    @Override
    public String describe() {
      return "dropped the connection with " + peer + ": " + sentence;
    }
  }

  /**
   * A defect of this program: the connection that showed it is given up, the loop goes on.
   *
   * @param where what the loop was doing
   * @param fault the exception's class and the place it came from; no message, it might quote
   *     content
   */
  record LoopFault(String where, String fault) implements StreamEvent {
    static LoopFault of(String where, Throwable thrown) {
      StackTraceElement[] trace = thrown.getStackTrace();
      String place = trace.length == 0 ? "" : " at " + trace[0];
      return new LoopFault(where, thrown.getClass().getName() + place);
    }

    @Override
    public String describe() {
      return "fault while handling " + where + ": " + fault;
    }
  }
}
