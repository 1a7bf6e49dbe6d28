package dev.moat.coap.codec;

import dev.moat.coap.message.MessageType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message format error (RFC 7252, Sections 3 and 4.2): the octets are no CoAP message.
 *
 * <p>Carries no stack trace, because anyone on the network can cause it.
 */
public final class MessageFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final int offset;
  private final transient @Nullable Rejectable rejectable;

  /** An error found at {@code offset} octets from the start of the input. */
  public MessageFormatException(Reason reason, int offset) {
    this(reason, offset, null);
  }

  private MessageFormatException(Reason reason, int offset, @Nullable Rejectable rejectable) {
    super(reason.label() + " at octet " + offset, null, false, false);
    this.reason = reason;
    this.offset = offset;
    this.rejectable = rejectable;
  }

  /** The same error, in a message whose header says how to reject it. */
  MessageFormatException within(MessageType type, int messageId) {
    return new MessageFormatException(reason, offset, new Rejectable(type, messageId));
  }

  /** Which check failed. */
  public Reason reason() {
    return reason;
  }

  /** Octets from the start of the input to what is wrong. */
  public int offset() {
    return offset;
  }

  /**
   * What a Reset needs to know. Empty when the header could not be read or its version is unknown:
   * such a datagram is ignored in silence (RFC 7252, Section 3).
   */
  public Optional<Rejectable> rejectable() {
    return Optional.ofNullable(rejectable);
  }

  /**
   * The readable part of a malformed message.
   *
   * @param type only a confirmable message must be answered with Reset (RFC 7252, Section 4.2)
   * @param messageId the Message ID to echo
   */
  public record Rejectable(MessageType type, int messageId) {}

  /** The checks of the decoder. */
  public enum Reason {
    /** Fewer than the four octets of the header (RFC 7252, Section 3). */
    TRUNCATED_HEADER,
    /** The version is not 1: ignore in silence (RFC 7252, Section 3). */
    UNKNOWN_VERSION,
    /** The Token Length is reserved (RFC 7252, Section 3; RFC 8974, Section 2.1). */
    RESERVED_TKL,
    /** The token, or its extended length, reaches past the end (RFC 7252, Section 3). */
    TRUNCATED_TOKEN,
    /** Code 0.00 with anything after the Message ID (RFC 7252, Section 4.1). */
    NON_EMPTY_EMPTY_MESSAGE,
    /** A payload marker at the very end (RFC 7252, Section 3). */
    MARKER_WITHOUT_PAYLOAD,
    /** An extended option delta or length reaches past the end (RFC 7252, Section 3.1). */
    TRUNCATED_OPTION_HEADER,
    /** One nibble of 15 outside the payload marker (RFC 7252, Section 3.1). */
    RESERVED_NIBBLE_15,
    /** The deltas add up to more than 65535 (RFC 7252, Sections 3.1 and 12.2). */
    OPTION_NUMBER_OVERFLOW,
    /** An option value reaches past the end (RFC 7252, Section 3.1). */
    TRUNCATED_OPTION_VALUE,
    /** A message on a stream is longer than the limit of its receiver (RFC 8323, Section 5.3.1). */
    TOO_LONG,
    /** Fewer octets than a TCP message announces (RFC 8323, Section 3.2). */
    INCOMPLETE_MESSAGE,
    /** More octets than a TCP message announces (RFC 8323, Section 3.2). */
    TRAILING_OCTETS,
    /** A Len other than 0 in a WebSocket message (RFC 8323, Section 4.2). */
    NON_ZERO_LEN;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name as in conformance vectors: {@code truncated-header}. */
    public String label() {
      return label;
    }
  }
}
