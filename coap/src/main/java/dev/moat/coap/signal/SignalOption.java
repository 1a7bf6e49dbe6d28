package dev.moat.coap.signal;

import static dev.moat.coap.option.OptionDefinition.empty;
import static dev.moat.coap.option.OptionDefinition.string;
import static dev.moat.coap.option.OptionDefinition.uint;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionRegistry;

/**
 * The options of signalling messages. Each code has a number space of its own (RFC 8323, Section
 * 5.2), so that a number means something only together with the code.
 */
public final class SignalOption {
  /** Max-Message-Size, in a CSM (RFC 8323, Section 5.3.1). */
  public static final int MAX_MESSAGE_SIZE = 2;

  /** Block-Wise-Transfer, in a CSM (RFC 8323, Section 5.3.2). */
  public static final int BLOCK_WISE_TRANSFER = 4;

  /** Extended-Token-Length, in a CSM (RFC 8974, Section 2.2.1). */
  public static final int EXTENDED_TOKEN_LENGTH = 6;

  /** Custody, in Ping and Pong (RFC 8323, Section 5.4.1). */
  public static final int CUSTODY = 2;

  /** Alternative-Address, in Release (RFC 8323, Section 5.5). */
  public static final int ALTERNATIVE_ADDRESS = 2;

  /** Hold-Off, in Release (RFC 8323, Section 5.5). */
  public static final int HOLD_OFF = 4;

  /** Bad-CSM-Option, in Abort (RFC 8323, Section 5.6). */
  public static final int BAD_CSM_OPTION = 2;

  private static final OptionRegistry CSM =
      OptionRegistry.none()
          .with(uint(MAX_MESSAGE_SIZE, "Max-Message-Size", 0, 4))
          .with(empty(BLOCK_WISE_TRANSFER, "Block-Wise-Transfer"))
          .with(uint(EXTENDED_TOKEN_LENGTH, "Extended-Token-Length", 0, 3));

  private static final OptionRegistry PING_AND_PONG =
      OptionRegistry.none().with(empty(CUSTODY, "Custody"));

  private static final OptionRegistry RELEASE =
      OptionRegistry.none()
          .with(string(ALTERNATIVE_ADDRESS, "Alternative-Address", 1, 255).repeated())
          .with(uint(HOLD_OFF, "Hold-Off", 0, 3));

  private static final OptionRegistry ABORT =
      OptionRegistry.none().with(uint(BAD_CSM_OPTION, "Bad-CSM-Option", 0, 2));

  private SignalOption() {}

  /** The number space of a signalling code; without any option for a code not known here. */
  public static OptionRegistry registry(Code code) {
    if (code == Code.CSM) {
      return CSM;
    }
    if (code == Code.PING || code == Code.PONG) {
      return PING_AND_PONG;
    }
    if (code == Code.RELEASE) {
      return RELEASE;
    }
    return code == Code.ABORT ? ABORT : OptionRegistry.none();
  }
}
