package dev.moat.engine.stream;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.Deframer;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.WsCodec;
import java.util.Optional;

/**
 * The messages that arrive on one connection, whatever frames them. For each piece that arrives,
 * {@link #feed} once, then {@link #next} until nothing comes. Owned by the connection.
 */
public abstract class MessageReader {
  private int lastOctets;

  private MessageReader() {}

  /** A reader that refuses messages of more than {@code maxMessageOctets}. */
  public static MessageReader of(Connection.Framing framing, int maxMessageOctets) {
    return switch (framing) {
      case TCP -> new Stream(maxMessageOctets);
      case WEBSOCKET -> new Frames(maxMessageOctets);
    };
  }

  /** The octets of {@code message} as they go out. */
  public static Bytes encode(Connection.Framing framing, StreamMessage message) {
    return switch (framing) {
      case TCP -> TcpCodec.encode(message);
      case WEBSOCKET -> WsCodec.encode(message);
    };
  }

  /** Takes octets of the stream, or one frame. */
  public abstract void feed(Bytes octets);

  /**
   * The next message.
   *
   * @throws MessageFormatException when there is no going on
   */
  public final Optional<StreamMessage> next() throws MessageFormatException {
    int before = waitingOctets();
    Optional<StreamMessage> message = read();
    if (message.isPresent()) {
      lastOctets = before - waitingOctets();
    }
    return message;
  }

  /** Length of the message that {@link #next} gave last, header included. */
  public final int lastOctets() {
    return lastOctets;
  }

  /** Octets that belong to no message that {@link #next} gave. */
  public abstract int waitingOctets();

  abstract Optional<StreamMessage> read() throws MessageFormatException;

  /** Messages with their lengths, cut anywhere (RFC 8323, Section 3.2). */
  private static final class Stream extends MessageReader {
    private final Deframer deframer;

    Stream(int maxMessageOctets) {
      this.deframer = new Deframer(maxMessageOctets);
    }

    @Override
    public void feed(Bytes octets) {
      deframer.feed(octets);
    }

    @Override
    Optional<StreamMessage> read() throws MessageFormatException {
      return deframer.next();
    }

    @Override
    public int waitingOctets() {
      return deframer.octetsWaiting();
    }
  }

  /** Each frame one message (RFC 8323, Section 4.2). */
  private static final class Frames extends MessageReader {
    private final int maxMessageOctets;
    private Bytes frame = Bytes.empty();
    private boolean waiting;

    Frames(int maxMessageOctets) {
      this.maxMessageOctets = maxMessageOctets;
    }

    @Override
    public void feed(Bytes octets) {
      frame = octets;
      waiting = true;
    }

    @Override
    Optional<StreamMessage> read() throws MessageFormatException {
      if (!waiting) {
        return Optional.empty();
      }
      Bytes octets = frame;
      frame = Bytes.empty();
      waiting = false;
      if (octets.length() > maxMessageOctets) {
        throw new MessageFormatException(MessageFormatException.Reason.TOO_LONG, 0);
      }
      return Optional.of(WsCodec.decode(octets));
    }

    @Override
    public int waitingOctets() {
      return frame.length();
    }
  }
}
