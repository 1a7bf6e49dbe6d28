package dev.moat.coap.signal;

import dev.moat.coap.message.Code;
import java.util.OptionalInt;

/**
 * A message that ends its connection: {@link #answer()} is the Abort to send (RFC 8323, Section
 * 5.6).
 *
 * <p>Carries no stack trace, because anyone on the network can cause it.
 */
public final class SignalException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int NO_OPTION = -1;

  private final Reason reason;
  private final transient Code code;
  private final int option;

  SignalException(Reason reason, Code code) {
    this(reason, code, NO_OPTION, reason.words + ", but it is " + code);
  }

  /** An unknown critical option. */
  SignalException(Code code, int option) {
    this(
        Reason.UNKNOWN_CRITICAL_OPTION,
        code,
        option,
        Reason.UNKNOWN_CRITICAL_OPTION.words + " " + option + " in " + code + " " + code.title());
  }

  private SignalException(Reason reason, Code code, int option, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.code = code;
    this.option = option;
  }

  /** Which rule was broken. */
  public Reason reason() {
    return reason;
  }

  /** The code of the message that broke it. */
  public Code code() {
    return code;
  }

  /** The number of the option that was not understood, in the number space of {@link #code()}. */
  public OptionalInt optionNumber() {
    return option == NO_OPTION ? OptionalInt.empty() : OptionalInt.of(option);
  }

  /** The Abort for the peer: with Bad-CSM-Option when the option stood in a CSM. */
  public Signal.Abort answer() {
    String diagnostic = String.valueOf(getMessage());
    return new Signal.Abort(code == Code.CSM ? optionNumber() : OptionalInt.empty(), diagnostic);
  }

  /** The rules. */
  public enum Reason {
    /** The first message is no CSM (RFC 8323, Section 3.3). */
    MISSING_CSM("the first message must be a CSM (7.01)"),
    /** A critical option is not understood (RFC 8323, Section 5.2). */
    UNKNOWN_CRITICAL_OPTION("unknown critical option"),
    /**
     * A signalling code that is not assigned. RFC 8323 leaves open what to do with one; a message
     * that cannot be understood is rejected (RFC 7252, Section 4.2), and on streams this means
     * Abort (RFC 8323, Section 5.6).
     */
    UNKNOWN_CODE("signalling codes are 7.01 to 7.05");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }
}
