package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Fate;
import dev.moat.foe.scenario.Step;
import java.util.Locale;
import java.util.Optional;

/** Sight without security: the whole message lies open. */
public final class ClearSight implements Sight {
  private static final int SHOWN_CHARACTERS = 34;

  private boolean sawChallenge;

  /** Has seen nothing yet. */
  public ClearSight() {}

  /**
   * To a server that challenges, Foe stores no copy without Echo, which would be refused whenever
   * it is released: the one with it follows.
   */
  @Override
  public boolean isMeantBy(Step.Meet line, Bytes datagram) {
    Optional<Message> message = decode(datagram).filter(line.pattern()::matches);
    boolean stores = line.fate() instanceof Fate.Hold;
    return message.isPresent() && !(sawChallenge && stores && isUnproven(message.get()));
  }

  @Override
  public void noticed(Direction direction, Bytes datagram) {
    sawChallenge |= decode(datagram).filter(ClearSight::isChallenge).isPresent();
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
    return decode(datagram).map(ClearSight::words).orElse(datagram.length() + " octets, no CoAP");
  }

  /** The message in a datagram; empty when it is none. */
  public static Optional<Message> decode(Bytes datagram) {
    try {
      return Optional.of(UdpCodec.decode(datagram));
    } catch (MessageFormatException malformed) {
      return Optional.empty();
    }
  }

  private static boolean hasEcho(Message message) {
    return message.options().has(OptionNumber.ECHO);
  }

  /** A message in words. */
  static String words(Message message) {
    StringBuilder text = new StringBuilder(header(message)).append(' ');
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

  /** Type, Message ID and token, in words. */
  static String header(Message message) {
    String start = message.type() + String.format(Locale.ROOT, " MID=%04x", message.messageId());
    if (message.isEmpty()) {
      return start;
    }
    return start + " T=" + (message.token().isEmpty() ? "-" : message.token().toHex());
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
