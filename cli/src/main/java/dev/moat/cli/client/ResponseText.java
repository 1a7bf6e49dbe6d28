package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Payloads as people read them. */
final class ResponseText {
  private ResponseText() {}

  /**
   * The payload as text, when it is UTF-8 without control characters that would upset a terminal.
   */
  static Optional<String> utf8(Bytes payload) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload.toArray())).toString();
      return text.chars().allMatch(ResponseText::harmless) ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean harmless(int character) {
    return !Character.isISOControl(character)
        || character == '\n'
        || character == '\t'
        || character == '\r';
  }
}
