package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Part;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.combined.CombinedPayload;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells from the datagrams of one client and its server which message of EDHOC, or of what follows
 * under OSCORE, each of them carries, and how much of it belongs to which layer (RFC 9528, Appendix
 * A.2; RFC 9668). Reads one exchange, in order; owned by one thread. Block-wise transfers are not
 * put together.
 */
public final class ExchangeReader {
  /** An empty request that asks the server to begin (RFC 9528, Appendix A.2.2). */
  public static final String TRIGGER = "trigger";

  /** A 2.04 without payload: it says that message_3 has come. */
  public static final String RESPONSE_TO_MESSAGE_3 = "response to message_3";

  /** message_3 with the first protected request (RFC 9668). */
  public static final String COMBINED = "message_3 with request";

  /** A request under OSCORE. */
  public static final String REQUEST = "protected request";

  /** A response under OSCORE. */
  public static final String RESPONSE = "protected response";

  /** 4.01 with Echo: the server asks the client to prove its address (RFC 9175, Section 2.4). */
  public static final String CHALLENGE = "challenge";

  /** A message without code: an acknowledgement or a reset. */
  public static final String EMPTY = "empty message";

  /** A request that has to do with neither. */
  public static final String PLAIN_REQUEST = "request";

  /** The response to such a request. */
  public static final String PLAIN_RESPONSE = "response";

  /** Everything else. */
  public static final String OTHER = "other";

  private final boolean clientIsDevice;
  private int lastNumber;
  private boolean inHandshake;
  private boolean repeats;

  private ExchangeReader(boolean clientIsDevice) {
    this.clientIsDevice = clientIsDevice;
  }

  /**
   * Reads the datagrams of one exchange.
   *
   * @param clientIsDevice true when the CoAP client is the device, so that its requests are uplink
   * @throws IllegalArgumentException for a datagram that is no CoAP message
   */
  public static List<ExchangeMessage> read(
      List<RecordedDatagram> datagrams, boolean clientIsDevice) {
    ExchangeReader reader = new ExchangeReader(clientIsDevice);
    List<ExchangeMessage> messages = new ArrayList<>();
    for (RecordedDatagram datagram : datagrams) {
      messages.add(reader.read(datagram));
    }
    return messages;
  }

  private ExchangeMessage read(RecordedDatagram datagram) {
    Message message = decode(datagram.octets());
    Reading reading = datagram.toServer() ? request(message) : response(message);
    return new ExchangeMessage(
        reading.name,
        datagram.toServer() == clientIsDevice ? Direction.UPLINK : Direction.DOWNLINK,
        reading.part,
        reading.messageOctets,
        message.payload().length(),
        datagram.octets().length(),
        Optional.of(datagram.octets()));
  }

  private static Message decode(Bytes octets) {
    try {
      return UdpCodec.decode(octets);
    } catch (MessageFormatException refused) {
      throw new IllegalArgumentException(
          "a datagram of " + octets.length() + " octets is no CoAP message", refused);
    }
  }

  private Reading request(Message message) {
    if (message.isEmpty()) {
      return new Reading(EMPTY, Part.HANDSHAKE, 0);
    }
    if (!message.options().has(OptionNumber.OSCORE)) {
      inHandshake = message.code().equals(Code.POST);
      return inHandshake ? body(message.payload()) : new Reading(PLAIN_REQUEST, Part.DATA, 0);
    }
    return message.options().has(OptionNumber.EDHOC)
        ? combined(message.payload())
        : new Reading(REQUEST, Part.DATA, 0);
  }

  private Reading combined(Bytes payload) {
    return CombinedPayload.read(payload)
        .map(both -> new Reading(COMBINED, Part.COMBINED, both.message3().length()))
        .orElseGet(() -> new Reading(OTHER, Part.DATA, 0));
  }

  private Reading body(Bytes payload) {
    try {
      return EdhocBody.decode(payload)
          .fold(
              () -> new Reading(TRIGGER, Part.DATA, 0),
              first -> next(first.message1()),
              next -> next(next.message()),
              failure -> new Reading(OTHER, Part.HANDSHAKE, failure.error().length()));
    } catch (EdhocException notOurs) {
      return new Reading(OTHER, Part.DATA, 0);
    }
  }

  private Reading response(Message message) {
    if (message.isEmpty()) {
      return new Reading(EMPTY, Part.HANDSHAKE, 0);
    }
    if (message.options().has(OptionNumber.OSCORE)) {
      return new Reading(RESPONSE, Part.DATA, 0);
    }
    return inHandshake ? answer(message) : new Reading(PLAIN_RESPONSE, Part.DATA, 0);
  }

  private Reading answer(Message message) {
    if (!message.code().isSuccess()) {
      return refusal(message);
    }
    return message.payload().isEmpty()
        ? new Reading(RESPONSE_TO_MESSAGE_3, Part.HANDSHAKE, 0)
        : next(message.payload());
  }

  /** What was refused for want of an Echo comes again. */
  private Reading refusal(Message message) {
    if (!message.options().has(OptionNumber.ECHO)) {
      return new Reading(OTHER, Part.HANDSHAKE, message.payload().length());
    }
    repeats = true;
    return new Reading(CHALLENGE, Part.HANDSHAKE, 0);
  }

  private Reading next(Bytes message) {
    if (!repeats) {
      lastNumber++;
    }
    repeats = false;
    return new Reading("message_" + lastNumber, Part.HANDSHAKE, message.length());
  }

  /** What a datagram carries. */
  private record Reading(String name, Part part, int messageOctets) {}
}
