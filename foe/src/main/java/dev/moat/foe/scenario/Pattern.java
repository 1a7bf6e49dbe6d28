package dev.moat.foe.scenario;

import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.BlockOption;
import java.util.Optional;

/**
 * How a ladder line recognises its message where CoAP travels in clear. Tokens and Message IDs are
 * no part of it, so that one ladder fits every stack. Where traffic is protected Foe has only
 * direction, order, length and time.
 *
 * @param code the method or response code; empty means any message that is not empty
 * @param path Uri-Path with a leading slash
 * @param payload the payload's text without blanks at its ends
 * @param block1 number and more bit of Block1
 * @param handshake a message of a handshake, which is in clear for every stack; then all else is
 *     empty
 */
public record Pattern(
    Optional<Code> code,
    Optional<String> path,
    Optional<String> payload,
    Optional<Block> block1,
    Optional<HandshakeMessage> handshake) {

  /** A message of the application. */
  public Pattern(
      Optional<Code> code,
      Optional<String> path,
      Optional<String> payload,
      Optional<Block> block1) {
    this(code, path, payload, block1, Optional.empty());
  }

  /** A message of a handshake. */
  static Pattern of(HandshakeMessage message) {
    return new Pattern(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(message));
  }

  /** Any message that is not empty. */
  public static final Pattern ANY =
      new Pattern(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** True when the line speaks of any message. */
  public boolean isAny() {
    return equals(ANY);
  }

  /** True when {@code message} is one of the application that the line speaks of. */
  public boolean matches(Message message) {
    return !message.isEmpty()
        && handshake.isEmpty()
        && code.map(wanted -> wanted == message.code()).orElse(true)
        && path.map(wanted -> wanted.equals(pathOf(message))).orElse(true)
        && payload.map(wanted -> wanted.equals(message.payload().toUtf8().strip())).orElse(true)
        && block1.map(wanted -> wanted.equals(blockOf(message).orElse(null))).orElse(true);
  }

  private static String pathOf(Message message) {
    return "/" + String.join("/", message.options().uriPath());
  }

  private static Optional<Block> blockOf(Message message) {
    return message.options().block1().map(Block::of);
  }

  /** Block number and more bit (RFC 7959, Section 2.2). */
  public record Block(int number, boolean more) {
    static Block of(BlockOption option) {
      return new Block(option.number(), option.more());
    }
  }
}
