package dev.moat.engine;

import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Peer;

/** What the message layer wants an operator, a judge or a counter to know. */
public sealed interface EngineEvent extends Event {
  /** The other endpoint. */
  Peer peer();

  /** What is told, without the peer. */
  String what();

  @Override
  default String describe() {
    return peer() + " " + what();
  }

  /** A datagram was no CoAP message. */
  record Malformed(Peer peer, MessageFormatException.Reason reason, int offset)
      implements EngineEvent {
    @Override
    public String what() {
      return "malformed datagram: " + reason.label() + " at octet " + offset;
    }
  }

  /** A message was answered with Reset (RFC 7252, Section 4.2). */
  record Rejected(Peer peer, Why why) implements EngineEvent {
    @Override
    public String what() {
      return "message rejected: " + why;
    }
  }

  /** A message was ignored in silence. */
  record Ignored(Peer peer, Why why) implements EngineEvent {
    @Override
    public String what() {
      return "message ignored: " + why;
    }
  }

  /** A request was answered with an error before any resource saw it. */
  record Refused(Peer peer, Code code, Why why) implements EngineEvent {
    @Override
    public String what() {
      return "request refused with " + code + ": " + why;
    }
  }

  /** A copy of a request or response that was already processed was answered as before. */
  record DuplicateAnswered(Peer peer, int messageId) implements EngineEvent {
    @Override
    public String what() {
      return "duplicate answered again, Message ID " + messageId;
    }
  }

  /** A confirmable message was sent once more. */
  record Retransmitted(Peer peer, int messageId, int copies) implements EngineEvent {
    @Override
    public String what() {
      return "copy " + copies + " sent of Message ID " + messageId;
    }
  }

  /** A confirmable message was never acknowledged. */
  record GaveUp(Peer peer, int messageId, int copies) implements EngineEvent {
    @Override
    public String what() {
      return "gave up after " + copies + " copies of Message ID " + messageId;
    }
  }

  /**
   * An answer was too long for an unproven address: 4.01 with Echo went out instead (RFC 9175,
   * Section 2.4).
   */
  record Challenged(Peer peer, int withheldOctets) implements EngineEvent {
    @Override
    public String what() {
      return "challenged to prove its address before an answer of " + withheldOctets + " octets";
    }
  }

  /** An executed request's answer was too long for an unproven address and lost its payload. */
  record Shortened(Peer peer, Code code, int withheldOctets) implements EngineEvent {
    @Override
    public String what() {
      return "answer " + code + " of " + withheldOctets + " octets sent without its payload";
    }
  }

  /** A datagram for an unproven address was not sent, because too little came from there. */
  record Withheld(Peer peer, int octets) implements EngineEvent {
    @Override
    public String what() {
      return "datagram of " + octets + " octets withheld from an unproven address";
    }
  }

  /** A response could not be encoded; the peer was told 5.00, or nothing. */
  record Unsendable(Peer peer, Code code) implements EngineEvent {
    @Override
    public String what() {
      return "response " + code + " could not be sent";
    }
  }

  /** A request was never answered by the application within its lifetime. */
  record Abandoned(Peer peer, Code method) implements EngineEvent {
    @Override
    public String what() {
      return "request " + method.title() + " never answered by the application";
    }
  }

  /** An observation that a peer held here is over. */
  record RelationOver(Peer peer, Notifications.End reason) implements EngineEvent {
    @Override
    public String what() {
      return "observation over: " + reason;
    }
  }

  /** Why a message was not processed as it stood. */
  enum Why {
    /** An Empty non-confirmable message (RFC 7252, Section 4.3). */
    EMPTY_NON_CONFIRMABLE,
    /**
     * A request in an acknowledgement or reset, or a response in a reset (RFC 7252, Section 4.2).
     */
    CODE_CONTRADICTS_TYPE,
    /** A code of the classes 1, 3, 6 and 7 (RFC 7252, Section 4.2). */
    RESERVED_CLASS,
    /** Sent to a group, but no non-confirmable request (RFC 7252, Section 8.1). */
    NOT_FOR_A_GROUP,
    /** An acknowledgement or reset of nothing that is open. */
    NOTHING_TO_ACKNOWLEDGE,
    /** A piggybacked response whose Message ID is right and whose token is not, or the reverse. */
    MISMATCHED_RESPONSE,
    /** A response to no open request. */
    UNKNOWN_TOKEN,
    /** A critical option that is not understood (RFC 7252, Section 5.4.1). */
    CRITICAL_OPTION,
    /** Proxy-Uri or Proxy-Scheme at an endpoint that is no proxy (RFC 7252, Section 5.10.2). */
    NOT_A_PROXY,
    /** A copy of a message in progress, or of one that is answered by silence. */
    DUPLICATE,
    /** A response that the gate of its protected request did not accept (RFC 8613, Section 8.4). */
    UNVERIFIED_RESPONSE,
    /** An error without protection that answered a protected request (RFC 8613, Section 8.2). */
    UNPROTECTED_ERROR,
    /** A notification older than one before (RFC 7641, Section 3.4). */
    STALE_NOTIFICATION,
    /** A limit on what is open or remembered was reached. */
    OVERLOAD,
    /** The engine is closed. */
    CLOSED
  }
}
