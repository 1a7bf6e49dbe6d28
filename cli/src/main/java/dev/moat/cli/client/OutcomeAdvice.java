package dev.moat.cli.client;

import dev.moat.cli.words.CodeWords;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;

/** What a person can do about an outcome that is no success. */
final class OutcomeAdvice {
  private OutcomeAdvice() {}

  /** What to do when the request provably was not acted on. */
  static String of(Outcome.NotDelivered outcome) {
    return "The server did not act on the request. "
        + switch (outcome.cause()) {
          case QUEUE_FULL, CLOSED, CANCELLED_UNSENT -> "It never left; repeat it.";
          case SEND_FAILED -> "The network refused to send it: check the address and the route.";
          case RESET -> "It answered with Reset: is this a CoAP server, and the right port?";
          case NO_CONNECTION ->
              "It never left. Check host and port; with DTLS and TLS, also the key of the identity"
                  + " (-u, -k), the authority (-C), one's own certificate (-c), its dates, and the"
                  + " name or address that the server's certificate is for.";
          case NOT_SENDABLE ->
              "Check the URI, the sizes of payload and options, and the block size; with -E, that"
                  + " sequence numbers can be recorded, and that both sides have the same parameters"
                  + " and the same rfc8613_b_2.";
        };
  }

  /** What kept us from knowing, in words. */
  static String doubt(Outcome.Unknown outcome) {
    return switch (outcome.doubt()) {
      case NO_ACKNOWLEDGEMENT -> "no acknowledgement to any copy of the request";
      case NO_RESPONSE -> "no response in time";
      case RESET_WITHOUT_PROOF -> "a Reset, which does not prove that nothing was done";
      case CANCELLED -> "given up while waiting";
      case TRANSFER_INCOMPLETE -> "the block-wise transfer broke off";
      case CHALLENGE_LOOP -> "the server kept asking for freshness (Echo)";
      case UNPROTECTED_ERROR -> "an unprotected error, which may be forged" + said(outcome);
      case SERVER_RESTARTED -> "the server restarted, and may have executed it before";
      case UNVERIFIED -> "the response did not verify";
      case CONNECTION_LOST -> "the connection ended while waiting";
      case CLOSED -> "closed while waiting";
    };
  }

  /** The unprotected error, as anyone on the path may have written it. */
  private static String said(Outcome.Unknown outcome) {
    return outcome
        .unprotectedError()
        .map(
            error ->
                ": "
                    + CodeWords.name(error.code())
                    + ProblemWords.of(error).map(words -> ": " + words).orElse(""))
        .orElse("");
  }

  /** What to do when the request may have been executed: reconcile before believing anything. */
  static String of(Outcome.Unknown outcome, String uri) {
    Code method = outcome.request().method();
    if (outcome.doubt() == Outcome.Doubt.UNPROTECTED_ERROR) {
      return unprotected(method);
    }
    if (method.isSafe()) {
      return "Nothing was changed by it. Check that the server runs and is reachable, then repeat it.";
    }
    String readBack = "read the state back with: moat get '" + uri + "'";
    return "The request may have been executed, or may be later, if someone holds it back. First "
        + readBack
        + (method.isIdempotent()
            ? " - then repeat it if the state is not what you asked for; "
                + method.title()
                + " has the same effect when executed twice."
            : " - and do not simply repeat it: "
                + method.title()
                + " executed twice has its effect twice.");
  }

  /** Genuine or not, nothing follows from it about the request. */
  private static String unprotected(Code method) {
    return (method.isSafe()
            ? "Nothing was changed by the request. "
            : "The request may have been executed: anyone on the path can send such an error. ")
        + "If the error is genuine, both sides do not have the same security context, or not the same"
        + " rfc8613_b_2: compare them with moat oscore derive -E CONF.";
  }

  /** What to do about an error response. */
  static String of(Response response, Request request, String origin) {
    Code code = response.code();
    if (code == Code.SERVICE_UNAVAILABLE || code == Code.TOO_MANY_REQUESTS) {
      // RFC 7252, Section 5.9.3.4 and RFC 8516: Max-Age says when to come back; 60 s by default.
      long seconds = response.options().uint(OptionNumber.MAX_AGE).orElse(60);
      return "Repeat it in " + seconds + " s.";
    }
    return code.codeClass() == 4 ? clientError(code, request, origin) : serverError(code);
  }

  private static String clientError(Code code, Request request, String origin) {
    return switch (code.detail()) {
      case 1 -> "The server wants security, or a fresh or a confirmable request; see its message.";
      case 2 -> "The server does not understand a critical option; check -O and -P.";
      case 3 -> "The server forbids it; repeating does not help.";
      case 4 -> "List what is there with: moat discover " + origin + " .";
      case 5 -> "The resource does not offer " + request.method().title() + "; try another method.";
      case 6 -> "Ask for another format with -A, or for none.";
      case 8 -> "Blocks were lost or did not fit together; repeat the whole request.";
      case 9 -> "The request does not fit the resource's present state; read it first.";
      case 12 -> "The condition (If-Match, If-None-Match) does not hold; read the resource first.";
      case 13 -> tooLarge();
      case 15 -> "Give the payload's format with -t, or use another one.";
      default -> "Check the request; see the server's message.";
    };
  }

  private static String tooLarge() {
    return "Send less, or in smaller blocks with -b.";
  }

  private static String serverError(Code code) {
    return switch (code.detail()) {
      case 1 -> "The server does not know the method.";
      case 2, 4 -> "The proxy got no proper answer; check that the origin server runs.";
      case 5 -> "This server is no forward-proxy; send the request to the origin without -P.";
      case 8 -> "The request went through too many proxies, perhaps in a loop.";
      default -> "The fault is the server's; look at its log.";
    };
  }
}
