package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.Arrays;

/**
 * One CoAP request and its response, the same for every protocol: a confirmable request for {@code
 * /t} with a token of one octet, and a piggybacked response.
 *
 * @param request GET, or PUT when it has a payload
 * @param response 2.05 (Content)
 */
public record CoapSample(Request request, Response response) {
  private static final int MESSAGE_ID = 0x1234;
  private static final Bytes TOKEN = Bytes.of(0x4a);
  private static final Peer NOBODY = Peer.of(Bytes.of(127, 0, 0, 1), 5683);
  private static final byte FILLING = 0x2a;

  /** With payloads of these sizes in octets. */
  public static CoapSample of(int requestPayload, int responsePayload) {
    Code method = requestPayload == 0 ? Code.GET : Code.PUT;
    return new CoapSample(
        Request.to(NOBODY, method, "/t").withPayload(filled(requestPayload)),
        Response.of(Code.CONTENT).withPayload(filled(responsePayload)));
  }

  private static Bytes filled(int octets) {
    byte[] payload = new byte[octets];
    Arrays.fill(payload, FILLING);
    return Bytes.owned(payload);
  }

  /** The request as UDP carries it (RFC 7252, Section 3). */
  Bytes requestDatagram() {
    return datagram(request);
  }

  /** The response as UDP carries it. */
  Bytes responseDatagram() {
    return datagram(response);
  }

  /** A request of the same exchange as UDP carries it. */
  static Bytes datagram(Request request) {
    return datagram(MessageType.CON, request.method(), request.options(), request.payload());
  }

  /** A response of the same exchange as UDP carries it. */
  static Bytes datagram(Response response) {
    return datagram(MessageType.ACK, response.code(), response.options(), response.payload());
  }

  private static Bytes datagram(MessageType type, Code code, Options options, Bytes payload) {
    return UdpCodec.encode(new Message(type, MESSAGE_ID, code, TOKEN, options, payload));
  }

  /** The request as TCP carries it, without type and Message ID (RFC 8323, Section 3.2). */
  Bytes requestOnStream() {
    return TcpCodec.encode(
        new StreamMessage(request.method(), TOKEN, request.options(), request.payload()));
  }

  /** The response as TCP carries it. */
  Bytes responseOnStream() {
    return TcpCodec.encode(
        new StreamMessage(response.code(), TOKEN, response.options(), response.payload()));
  }
}
