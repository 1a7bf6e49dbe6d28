package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.message.EdhocError;

/** Why a handshake came to nothing, and what a person can do about it. */
final class HandshakeAdvice {
  private HandshakeAdvice() {}

  /** The failure to show; {@code server} is whom it was tried with. */
  static Failure failure(String server, Throwable why) {
    String rule =
        why instanceof HandshakeException handshake
            ? String.valueOf(handshake.getMessage())
            : "an error in Moat, " + why.getClass().getName();
    return new Failure(
        "EDHOC with " + server + " failed: " + rule + explained(rule), advice(why), why);
  }

  /** An error message in response to message_3 with the first request. */
  static Failure refused(String server, Bytes errorMessage) {
    HandshakeException.Reason reason = HandshakeException.Reason.PEER_ERROR;
    return failure(server, new HandshakeException(reason, "error code " + code(errorMessage)));
  }

  /** 0, which nobody may send, for what cannot be read. */
  private static int code(Bytes errorMessage) {
    try {
      return EdhocError.decode(errorMessage).code();
    } catch (EdhocException unreadable) {
      return 0;
    }
  }

  /** The EDHOC option is critical: who does not know it answers 4.02 (RFC 9668, Section 3). */
  static Failure notCombined(String server) {
    return new Failure(
        "EDHOC with " + server + " failed: it does not take message_3 with the first request",
        "Add --no-combined.");
  }

  /** Codes in words (RFC 9528, Section 6). */
  private static String explained(String rule) {
    if (rule.endsWith("error code 2")) {
      return " (no common cipher suite)";
    }
    if (rule.endsWith("error code 3")) {
      return " (it does not know our credential)";
    }
    return rule.endsWith("error code 1") ? " (it does not say more)" : "";
  }

  private static String advice(Throwable why) {
    if (!(why instanceof HandshakeException handshake)) {
      return "Please report it.";
    }
    return switch (handshake.reason()) {
      case UNANSWERED ->
          "Does the server run, with EDHOC at this path, and with --reverse for the reverse flow?";
      case PEER_ERROR ->
          "Does the server have our public credential, and do methods and suites fit? Anyone on the"
              + " path can send an error; the server's log knows more.";
      case REFUSED ->
          "Is this the server that the credentials are for, and are they up to date? Repeat it if"
              + " someone may have interfered.";
      case BUSY, NO_ROOM -> "Repeat it later.";
      case NO_OSCORE_HKDF -> "Choose another suite with --suites.";
      case ID_TOO_LONG, SAME_IDS, ID_TAKEN -> "Repeat it; identifiers are chosen anew.";
      case NOT_RECORDED -> "Check the file that contexts are recorded in.";
    };
  }
}
