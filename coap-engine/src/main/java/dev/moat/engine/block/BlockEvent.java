package dev.moat.engine.block;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;

/** What block-wise transfers tell the operator, and judges. */
public sealed interface BlockEvent extends Event {
  /** A server refused a block. */
  record BlockRefused(Peer peer, Code method, int number, Reason reason) implements BlockEvent {
    @Override
    public String describe() {
      return method.title() + " block " + number + " from " + peer + " refused: " + reason;
    }
  }

  /** A server assembled a whole body of several blocks. */
  record BodyAssembled(Peer peer, Code method, int octets) implements BlockEvent {
    @Override
    public String describe() {
      return method.title() + " from " + peer + " assembled: " + octets + " octets";
    }
  }

  /** A client gave a transfer up. */
  record TransferBroken(Peer peer, Code method, Reason reason) implements BlockEvent {
    @Override
    public String describe() {
      return method.title() + " to " + peer + " broke off: " + reason;
    }
  }

  /**
   * An application's listener failed on a notification that had been gathered; the observation goes
   * on.
   */
  record ListenerFailed(Peer peer, Code method, String exceptionClass) implements BlockEvent {
    @Override
    public String describe() {
      return "listener of " + method.title() + " to " + peer + " failed: " + exceptionClass;
    }
  }

  /** Why a block or a transfer was refused. */
  enum Reason {
    /** SZX 7 does not exist here (RFC 7959, Section 2.2). */
    RESERVED_SIZE,
    /** A block is not as long as its SZX says, or the last one longer. */
    WRONG_LENGTH,
    /** Request body blocks and a later response block in one message. */
    MIXED_DIRECTIONS,
    /**
     * No operation that this block belongs to: never begun, expired, replaced, or other options.
     */
    NO_SUCH_OPERATION,
    /** Not the block that comes next. */
    OUT_OF_SEQUENCE,
    /** The body is longer than the limit. */
    TOO_LARGE,
    /** The tables are full. */
    NO_ROOM,
    /** Another operation is under way and the server takes one at a time. */
    BUSY,
    /** An actuator demands a Request-Tag on bodies of several blocks. */
    UNTAGGED,
    /** The block lies beyond the representation. */
    OUT_OF_RANGE,
    /** The representation changed too often while it was fetched. */
    CHANGING,
    /** The other side answered with something that the transfer does not provide for. */
    UNEXPECTED_ANSWER,
    /** An exchange of the transfer was not answered. */
    NO_ANSWER
  }
}
