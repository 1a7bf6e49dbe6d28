package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.OptionWords;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionDefinition;
import dev.moat.coap.option.OptionFormat;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.signal.SignalOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the option numbers of a message mean: those of requests and responses, or those of one
 * signalling code, each of which has its own (RFC 8323, Section 5.2).
 */
final class OptionSpace {
  private static final Map<Code, Map<Integer, String>> SIGNAL_SECTIONS =
      Map.of(
          Code.CSM,
          Map.of(
              SignalOption.MAX_MESSAGE_SIZE, "RFC 8323, 5.3.1",
              SignalOption.BLOCK_WISE_TRANSFER, "RFC 8323, 5.3.2",
              SignalOption.EXTENDED_TOKEN_LENGTH, "RFC 8974, 2.2.1"),
          Code.PING,
          Map.of(SignalOption.CUSTODY, "RFC 8323, 5.4.1"),
          Code.PONG,
          Map.of(SignalOption.CUSTODY, "RFC 8323, 5.4.1"),
          Code.RELEASE,
          Map.of(
              SignalOption.ALTERNATIVE_ADDRESS, "RFC 8323, 5.5",
              SignalOption.HOLD_OFF, "RFC 8323, 5.5"),
          Code.ABORT,
          Map.of(SignalOption.BAD_CSM_OPTION, "RFC 8323, 5.6"));

  private final Code code;
  private final boolean signal;
  private final boolean stream;

  private OptionSpace(Code code, boolean signal, boolean stream) {
    this.code = code;
    this.signal = signal;
    this.stream = stream;
  }

  /** The space of requests and responses over UDP. */
  static OptionSpace ofMessages(Code code) {
    return new OptionSpace(code, false, false);
  }

  /** The space of a message with {@code code} on a reliable transport. */
  static OptionSpace onStream(Code code) {
    return new OptionSpace(code, code.isSignal(), true);
  }

  /** True for the space of requests and responses. */
  boolean isOfMessages() {
    return !signal;
  }

  /** What is known of {@code number}. */
  Optional<OptionDefinition> definition(int number) {
    OptionRegistry registry = signal ? SignalOption.registry(code) : OptionRegistry.standard();
    return registry.find(number);
  }

  /** The registered name, or the bare number. */
  String name(int number) {
    return definition(number).map(OptionDefinition::name).orElse("Option " + number);
  }

  /** The value as its format has it. */
  String value(int number, Bytes value) {
    if (!signal) {
      return OptionWords.value(number, value);
    }
    OptionFormat format =
        definition(number).map(OptionDefinition::format).orElse(OptionFormat.OPAQUE);
    return OptionWords.inFormat(format, value);
  }

  /** The section that defines {@code number}, or the one about options nobody registered. */
  String reference(int number) {
    return signal
        ? SIGNAL_SECTIONS.getOrDefault(code, Map.of()).getOrDefault(number, "RFC 8323, 5.2")
        : OptionReference.of(number);
  }

  /** What a receiver does with a message that has an unrecognised critical option. */
  List<String> critical() {
    if (signal) {
      return List.of("a message with it is answered with Abort (RFC 8323, 5.2)");
    }
    if (code.isRequest()) {
      return List.of(
          stream
              ? "a request with it is answered with 4.02 Bad Option (RFC 7252, 5.4.1)"
              : "a confirmable request with it is answered with 4.02 Bad Option, a non-confirmable"
                  + " one is rejected (RFC 7252, 5.4.1)");
    }
    return List.of(
        stream
            ? "a response with it is rejected (RFC 7252, 5.4.1)"
            : "a message with it is rejected: Reset when confirmable (RFC 7252, 5.4.1)");
  }
}
