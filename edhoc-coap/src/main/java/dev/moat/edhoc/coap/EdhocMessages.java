package dev.moat.edhoc.coap;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.EdhocError;

/** The CoAP messages that carry EDHOC (RFC 9528, Appendix A.2). */
public final class EdhocMessages {
  /** Where a server has its EDHOC resource by default (Section 10.7). */
  public static final String DEFAULT_PATH = "/.well-known/edhoc";

  /** application/edhoc+cbor-seq (Section 10.9). */
  public static final int EDHOC = 64;

  /** application/cid-edhoc+cbor-seq: a connection identifier or {@code true} goes first. */
  public static final int CID_EDHOC = 65;

  /** The last error code of RFC 9528 (Section 10.5). */
  private static final int MAX_ERROR_CODE = 3;

  private EdhocMessages() {}

  /** A POST to an EDHOC resource; without payload, as what asks for the reverse flow, no format. */
  public static Request request(Peer peer, String path, EdhocBody body) {
    Bytes payload = body.encoded();
    Request request = Request.to(peer, Code.POST, path).withPayload(payload);
    return payload.isEmpty() ? request : request.with(format(CID_EDHOC));
  }

  /** 2.04 with a message. */
  public static Response response(Bytes message) {
    return Response.of(Code.CHANGED).with(format(EDHOC)).withPayload(message);
  }

  /**
   * {@code request} without Content-Format, for peers that have agreed to do without: two octets
   * less. RFC 9528 demands the option of error responses alone (Appendix A.2.3).
   */
  public static Request withoutFormat(Request request) {
    return request.withOptions(request.options().without(OptionNumber.CONTENT_FORMAT));
  }

  /** As {@link #withoutFormat(Request)}, for a response that is no error. */
  public static Response withoutFormat(Response message) {
    return message.withOptions(message.options().without(OptionNumber.CONTENT_FORMAT));
  }

  /** 2.04 without a message: the session is complete, or an error was heard. */
  public static Response done() {
    return Response.of(Code.CHANGED);
  }

  /** 4.00, or 5.00 for an error of this server, with an error message (Appendix A.2.3). */
  public static Response error(EdhocException.Reason why, Bytes errorMessage) {
    return new Response(codeOf(why), response(errorMessage).options(), errorMessage);
  }

  /** 4.00 or 5.00 for a failed check that has nothing to do with suites. */
  public static Response error(EdhocException.Reason why) {
    return error(why, new EdhocError.Unspecified(why.peerText()).encoded());
  }

  private static Code codeOf(EdhocException.Reason why) {
    return why == EdhocException.Reason.NO_OWN_CREDENTIAL
        ? Code.INTERNAL_SERVER_ERROR
        : Code.BAD_REQUEST;
  }

  /**
   * True for an error response that carries an error message. Some peers give it no Content-Format:
   * then it must be one of RFC 9528, whose first octet no diagnostic text begins with.
   */
  public static boolean isError(Response response) {
    if (response.code().isSuccess()) {
      return false;
    }
    return response.options().has(OptionNumber.CONTENT_FORMAT)
        ? isFormat(response, EDHOC) && EdhocError.isError(response.payload())
        : isRegisteredError(response.payload());
  }

  private static boolean isRegisteredError(Bytes payload) {
    try {
      int code = EdhocError.decode(payload).code();
      return code >= 1 && code <= MAX_ERROR_CODE;
    } catch (EdhocException text) {
      return false;
    }
  }

  /** True for 2.04 with a message, which some peers give no Content-Format. */
  public static boolean isMessage(Response response) {
    return response.code().equals(Code.CHANGED)
        && !response.payload().isEmpty()
        && (isFormat(response, EDHOC) || !response.options().has(OptionNumber.CONTENT_FORMAT));
  }

  private static boolean isFormat(Response response, int wanted) {
    return response.options().uint(OptionNumber.CONTENT_FORMAT).orElse(-1) == wanted;
  }

  private static Option format(int number) {
    return Option.uint(OptionNumber.CONTENT_FORMAT, number);
  }
}
