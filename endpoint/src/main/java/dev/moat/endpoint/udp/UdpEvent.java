package dev.moat.endpoint.udp;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;

/** What happened between the sockets and the protocol. */
public sealed interface UdpEvent extends Event {
  /**
   * A socket is open.
   *
   * @param address where it is bound, as text
   * @param transport how it is driven
   */
  record Bound(String address, Transport transport) implements UdpEvent {
    @Override
    public String describe() {
      return "listening on " + address + " by " + transport;
    }
  }

  /** A datagram was longer than the limit and was dropped unread. */
  record DatagramTooLong(Peer from, int limitOctets) implements UdpEvent {
    @Override
    public String describe() {
      return "dropped a datagram of more than " + limitOctets + " octets from " + from;
    }
  }

  /** The network does not take datagrams as fast as they are made: reading pauses until it does. */
  record ReadingPaused() implements UdpEvent {
    @Override
    public String describe() {
      return "outbound queue full, reading pauses";
    }
  }

  /** The outbound queue has drained. */
  record ReadingResumed(long droppedDatagrams) implements UdpEvent {
    @Override
    public String describe() {
      return "outbound queue drained, reading resumes; dropped meanwhile: " + droppedDatagrams;
    }
  }

  /**
   * A defect of this program: the datagram or timer that showed it is given up, the loop goes on.
   *
   * @param where what the loop was doing
   * @param fault the exception's class and the place it came from; no message, it might quote
   *     content
   */
  record LoopFault(String where, String fault) implements UdpEvent {
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
