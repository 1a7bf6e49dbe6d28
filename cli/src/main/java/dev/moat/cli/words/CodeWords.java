package dev.moat.cli.words;

import dev.moat.coap.message.Code;
import dev.moat.coap.message.MessageType;

/** Codes and types in words. */
public final class CodeWords {
  private CodeWords() {}

  /** {@code 2.05 Content, a success response}. */
  public static String explain(Code code) {
    String name = name(code);
    if (code == Code.EMPTY) {
      return name + " message";
    }
    return name
        + switch (code.codeClass()) {
          case 0 -> ", a request";
          case 2 -> ", a success response";
          case 4 -> ", a client error response";
          case 5 -> ", a server error response";
          case 7 -> ", a signalling message, reserved over UDP";
          default -> ", of a reserved class";
        };
  }

  /** {@code 7.02 Ping, a signalling message}: a code on a reliable transport (RFC 8323). */
  public static String onStream(Code code) {
    return code.isSignal() ? name(code) + ", a signalling message" : explain(code);
  }

  /** {@code 2.05 Content}, or the bare code when it is not assigned. */
  public static String name(Code code) {
    String title = code.title();
    return title.equals(code.toString()) ? title + " (unassigned)" : code + " " + title;
  }

  /** {@code Confirmable (CON)}. */
  public static String explain(MessageType type) {
    return switch (type) {
      case CON -> "Confirmable (CON)";
      case NON -> "Non-confirmable (NON)";
      case ACK -> "Acknowledgement (ACK)";
      case RST -> "Reset (RST)";
    };
  }

  /** {@code 1 octet}, {@code 2 octets}. */
  public static String octets(int count) {
    return count == 1 ? "1 octet" : count + " octets";
  }
}
