package dev.moat.coap.codec;

import dev.moat.bytes.Bytes;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in a stream of octets (RFC 8323, Section 3.2), however it is cut into chunks.
 *
 * <p>For each chunk that arrives, call {@link #feed} once and then {@link #next} until it has
 * nothing more. Memory is bounded: beside the chunk there is at most one message that has begun, of
 * no more octets than the limit, and of it no more room than twice what did arrive, whatever its
 * head announces. Every octet is copied a bounded number of times, at best never: a message that
 * lies in one chunk is decoded in place.
 *
 * <p>The first refusal is the last word: RFC 8323, Section 5.6, ends the connection with it, and a
 * stream has no place to start anew. Owned by one connection, used by one thread at a time.
 */
public final class Deframer {
  private static final int LEAST_LIMIT = 2;
  private static final byte[] NOTHING = new byte[0];

  private final int maxMessageOctets;
  private final TokenLengths tokenLengths;

  private Bytes chunk = Bytes.empty();
  private int position;

  /** The message that has begun in earlier chunks: its first {@code held} octets. */
  private byte[] begun = NOTHING;

  private int held;
  private @Nullable MessageFormatException refusal;

  /**
   * For messages of at most {@code maxMessageOctets}, from the first octet of the header to the
   * last of the payload (RFC 8323, Section 5.3.1), with {@link TokenLengths#EXTENDED}.
   *
   * @throws IllegalArgumentException when the limit admits no message at all
   */
  public Deframer(int maxMessageOctets) {
    this(maxMessageOctets, TokenLengths.EXTENDED);
  }

  /**
   * For messages of at most {@code maxMessageOctets}, from the first octet of the header to the
   * last of the payload (RFC 8323, Section 5.3.1).
   *
   * @throws IllegalArgumentException when the limit admits no message at all
   */
  public Deframer(int maxMessageOctets, TokenLengths tokenLengths) {
    if (maxMessageOctets < LEAST_LIMIT) {
      throw new IllegalArgumentException(
          "a limit of " + maxMessageOctets + " octets; the shortest message has " + LEAST_LIMIT);
    }
    this.maxMessageOctets = maxMessageOctets;
    this.tokenLengths = tokenLengths;
  }

  /**
   * Takes the octets that follow. After a refusal they are dropped.
   *
   * @throws IllegalStateException when {@link #next} was not called until it had nothing more
   */
  public void feed(Bytes octets) {
    if (refusal != null) {
      return;
    }
    if (position < chunk.length()) {
      throw new IllegalStateException("the chunk before was not read to its end");
    }
    chunk = octets;
    position = 0;
  }

  /**
   * The next complete message, empty when more octets are needed for it. Its token, option values
   * and payload are views of the chunk when they lie in one.
   *
   * @throws MessageFormatException when the stream breaks the format, or announces a message above
   *     the limit (TOO_LONG); the offset counts from the message's first octet. From then on every
   *     call throws the same.
   */
  public Optional<StreamMessage> next() throws MessageFormatException {
    if (refusal != null) {
      throw refusal;
    }
    try {
      Bytes octets = held == 0 ? whole() : completed();
      if (octets == null) {
        return Optional.empty();
      }
      return Optional.of(StreamBody.decode(octets, TcpFrame.codeAt(octets.at(0))));
    } catch (MessageFormatException malformed) {
      refusal = malformed;
      chunk = Bytes.empty();
      position = 0;
      begun = NOTHING;
      held = 0;
      throw malformed;
    }
  }

  /** A message that lies in the chunk; otherwise its start is kept and there is none. */
  private @Nullable Bytes whole() throws MessageFormatException {
    long announced = TcpFrame.octets(chunk, position, tokenLengths, maxMessageOctets);
    int start = position;
    if (announced == TcpFrame.UNKNOWN || announced > chunk.length() - start) {
      hold(chunk.length() - start);
      return null;
    }
    position += (int) announced;
    return chunk.slice(start, position);
  }

  /** The message that has begun, when the chunk has the rest of it. */
  private @Nullable Bytes completed() throws MessageFormatException {
    long announced = announcedByHeld();
    while (announced == TcpFrame.UNKNOWN && position < chunk.length()) {
      hold(1);
      announced = announcedByHeld();
    }
    if (announced == TcpFrame.UNKNOWN) {
      return null;
    }
    hold((int) Math.min(announced - held, chunk.length() - position));
    if (held < announced) {
      return null;
    }
    Bytes octets = Bytes.owned(begun, 0, held);
    begun = NOTHING;
    held = 0;
    return octets;
  }

  private long announcedByHeld() throws MessageFormatException {
    return TcpFrame.octets(
        Bytes.copyOf(begun, 0, Math.min(held, TcpFrame.MAX_HEAD_OCTETS)),
        0,
        tokenLengths,
        maxMessageOctets);
  }

  /** Moves octets from the chunk to the message that has begun, and lets go of a used chunk. */
  private void hold(int octets) {
    if (begun.length - held < octets) {
      int doubled = (int) Math.min(2L * held, maxMessageOctets);
      begun = Arrays.copyOf(begun, Math.max(doubled, held + octets));
    }
    chunk.slice(position, position + octets).copyTo(begun, held);
    held += octets;
    position += octets;
    if (position == chunk.length()) {
      chunk = Bytes.empty();
      position = 0;
    }
  }

  /** Octets that arrived and are not part of a message that {@link #next} gave. */
  public int octetsWaiting() {
    return held + chunk.length() - position;
  }

  /**
   * True when the stream stands in the middle of a message, once {@link #next} has nothing more:
   * whoever bounds the time of a half-arrived message starts it when this becomes true.
   */
  public boolean isMidMessage() {
    return octetsWaiting() > 0;
  }
}
