package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.foe.path.Format;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Fate;
import dev.moat.foe.scenario.Step;
import java.util.Optional;

/** Sight without security: the whole message lies open, in a datagram or in a frame of a stream. */
public final class ClearSight implements Sight {
  private static final int SHOWN_CHARACTERS = 34;

  private final Format format;
  private boolean sawChallenge;

  /** Of datagrams; has seen nothing yet. */
  public ClearSight() {
    this(Format.UDP);
  }

  /** Has seen nothing yet. */
  public ClearSight(Format format) {
    this.format = format;
  }

  /**
   * To a server that challenges, Foe stores no copy without Echo, which would be refused whenever
   * it is released: the one with it follows.
   */
  @Override
  public boolean isMeantBy(Step.Meet line, Bytes datagram) {
    Optional<Message> message = format.decode(datagram).filter(line.pattern()::matches);
    boolean stores = line.fate() instanceof Fate.Hold;
    return message.isPresent() && !(sawChallenge && stores && isUnproven(message.get()));
  }

  @Override
  public void noticed(Direction direction, Bytes datagram) {
    sawChallenge |= format.decode(datagram).filter(ClearSight::isChallenge).isPresent();
  }

  private static boolean isChallenge(Message message) {
    return message.code() == Code.UNAUTHORIZED && hasEcho(message);
  }

  /** True for a request with effects that proves nothing by Echo. */
  private static boolean isUnproven(Message message) {
    return message.code().isRequest() && !message.code().isSafe() && !hasEcho(message);
  }

  @Override
  public String describe(Bytes datagram) {
    return format
        .decode(datagram)
        .map(this::words)
        .or(() -> format.signal(datagram))
        .orElse(datagram.length() + " octets, no CoAP");
  }

  /** On a stream nothing is sent twice: equal octets are two messages (RFC 8323, Section 3). */
  @Override
  public boolean isCopy(Direction direction, Bytes earlier, Bytes unit) {
    return format == Format.UDP && earlier.equals(unit);
  }

  /** The message in a datagram; empty when it is none. */
  public static Optional<Message> decode(Bytes datagram) {
    return Format.UDP.decode(datagram);
  }

  private static boolean hasEcho(Message message) {
    return message.options().has(OptionNumber.ECHO);
  }

  /** A message in words. */
  private String words(Message message) {
    StringBuilder text = new StringBuilder(format.header(message)).append(' ');
    if (message.isEmpty()) {
      return text.append("Empty").toString();
    }
    if (message.code().isRequest()) {
      text.append(message.code().title()).append(" /");
      text.append(String.join("/", message.options().uriPath()));
    } else {
      text.append(message.code()).append(' ').append(message.code().title());
    }
    appendOptions(text, message.options());
    appendPayload(text, message.payload());
    return text.toString();
  }

  private static void appendOptions(StringBuilder text, Options options) {
    options.block1().ifPresent(block -> appendBlock(text, "Block1", block));
    options.block2().ifPresent(block -> appendBlock(text, "Block2", block));
    options.first(OptionNumber.ECHO).ifPresent(value -> text.append(" Echo"));
    options
        .first(OptionNumber.REQUEST_TAG)
        .ifPresent(value -> text.append(" Request-Tag:").append(value.toHex()));
  }

  private static void appendBlock(StringBuilder text, String name, BlockOption block) {
    text.append(' ').append(name).append(':').append(block.number());
    text.append(block.more() ? "/more/" : "/last/").append(block.sizeOctets());
  }

  private static void appendPayload(StringBuilder text, Bytes payload) {
    if (payload.isEmpty()) {
      return;
    }
    String content = payload.toUtf8().strip().replaceAll("[^ -~]", "?");
    if (content.length() > SHOWN_CHARACTERS) {
      content = content.substring(0, SHOWN_CHARACTERS) + "...";
    }
    text.append(" \"").append(content).append('"');
  }
}
