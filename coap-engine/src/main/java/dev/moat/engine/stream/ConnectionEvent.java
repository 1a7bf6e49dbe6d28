package dev.moat.engine.stream;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import dev.moat.coap.signal.PeerCapabilities;

/** What happens to connections, for an operator, a judge or a counter. */
public sealed interface ConnectionEvent extends Event {
  /** The other end. */
  Peer peer();

  /** What is told, without the peer. */
  String what();

  @Override
  default String describe() {
    return peer() + " " + what();
  }

  /** The first CSM of the peer came: messages flow from now on. */
  record Established(Peer peer, PeerCapabilities capabilities) implements ConnectionEvent {
    @Override
    public String what() {
      return "connection established, messages up to "
          + capabilities.maxMessageSize()
          + " octets"
          + (capabilities.blockWiseTransfer() ? ", block-wise transfer" : "");
    }
  }

  /** This endpoint ended the connection. */
  record Aborted(Peer peer, Fault fault, String detail) implements ConnectionEvent {
    @Override
    public String what() {
      return "connection aborted: " + fault.words() + (detail.isEmpty() ? "" : ", " + detail);
    }
  }

  /** The peer ended the connection by an Abort (RFC 8323, Section 5.6). */
  record AbortedByPeer(Peer peer, String diagnostic) implements ConnectionEvent {
    @Override
    public String what() {
      return "connection aborted by the peer" + PeerText.quoted(diagnostic);
    }
  }

  /** This endpoint asked the peer to close the connection (RFC 8323, Section 5.5). */
  record Released(Peer peer) implements ConnectionEvent {
    @Override
    public String what() {
      return "connection released";
    }
  }

  /** The peer asks to close the connection (RFC 8323, Section 5.5). */
  record ReleasedByPeer(Peer peer, String sentence) implements ConnectionEvent {
    @Override
    public String what() {
      return sentence;
    }
  }

  /** The connection ended within a message. */
  record CutShort(Peer peer, int octets) implements ConnectionEvent {
    @Override
    public String what() {
      return "connection ended after the first " + octets + " octets of a message";
    }
  }
}
