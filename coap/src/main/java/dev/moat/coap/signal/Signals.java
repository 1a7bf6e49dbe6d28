package dev.moat.coap.signal;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.coap.option.Recognised;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Signals to messages and back (RFC 8323, Section 5).
 *
 * <p>An elective option that is unknown, repeated or of an illegal length is ignored, as in any
 * other message (Section 5.2; RFC 7252, Sections 5.4.1 to 5.4.5).
 */
public final class Signals {
  private static final int LEAST_TOKEN_OCTETS = 8;
  private static final Writer WRITER = new Writer();

  private Signals() {}

  /**
   * What a signalling message says.
   *
   * @throws SignalException UNKNOWN_CODE or UNKNOWN_CRITICAL_OPTION: the connection ends
   * @throws IllegalArgumentException when the message is no signalling message
   */
  public static Signal read(StreamMessage message) throws SignalException {
    Code code = message.code();
    if (!code.isSignal()) {
      throw new IllegalArgumentException(code + " is no signalling code");
    }
    if (code.detail() == 0 || code.detail() > Code.ABORT.detail()) {
      throw new SignalException(SignalException.Reason.UNKNOWN_CODE, code);
    }
    Recognised options = SignalOption.registry(code).recognise(message.options());
    if (!options.isAcceptable()) {
      throw new SignalException(code, options.unprocessableCritical().get(0).number());
    }
    return signal(code, options.understood(), message.payload());
  }

  private static Signal signal(Code code, Options options, Bytes payload) {
    return switch (code.detail()) {
      case 1 -> csm(options);
      case 2 -> new Signal.Ping(options.has(SignalOption.CUSTODY));
      case 3 -> new Signal.Pong(options.has(SignalOption.CUSTODY));
      case 4 -> release(options, payload);
      default -> abort(options, payload);
    };
  }

  private static Signal csm(Options options) {
    return new Signal.Csm(
        options.uint(SignalOption.MAX_MESSAGE_SIZE),
        options.has(SignalOption.BLOCK_WISE_TRANSFER),
        extendedTokenLength(options.uint(SignalOption.EXTENDED_TOKEN_LENGTH)));
  }

  private static OptionalInt extendedTokenLength(OptionalLong value) {
    // RFC 8974, Section 2.2.1: a value less than 8 MUST be ignored; one greater than 65804 MUST be
    // set to 65804.
    return value.isEmpty() || value.getAsLong() < LEAST_TOKEN_OCTETS
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.min(value.getAsLong(), Message.MAX_TOKEN_OCTETS));
  }

  private static Signal release(Options options, Bytes payload) {
    return new Signal.Release(
        options.texts(SignalOption.ALTERNATIVE_ADDRESS),
        options.uint(SignalOption.HOLD_OFF),
        payload.toUtf8());
  }

  private static Signal abort(Options options, Bytes payload) {
    OptionalLong bad = options.uint(SignalOption.BAD_CSM_OPTION);
    return new Signal.Abort(
        bad.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) bad.getAsLong()),
        payload.toUtf8());
  }

  /** The message that says {@code signal}, with an empty token. */
  public static StreamMessage write(Signal signal) {
    return write(signal, Bytes.empty());
  }

  /** The message that says {@code signal}; a Pong has the token of its Ping. */
  public static StreamMessage write(Signal signal, Bytes token) {
    Content content = signal.match(WRITER);
    return new StreamMessage(signal.code(), token, Options.of(content.options), content.payload);
  }

  private record Content(List<Option> options, Bytes payload) {}

  private static final class Writer implements Signal.Cases<Content> {
    @Override
    public Content csm(Signal.Csm csm) {
      List<Option> options = new ArrayList<>();
      csm.maxMessageSize()
          .ifPresent(size -> options.add(Option.uint(SignalOption.MAX_MESSAGE_SIZE, size)));
      if (csm.blockWiseTransfer()) {
        options.add(new Option(SignalOption.BLOCK_WISE_TRANSFER, Bytes.empty()));
      }
      csm.extendedTokenLength()
          .ifPresent(size -> options.add(Option.uint(SignalOption.EXTENDED_TOKEN_LENGTH, size)));
      return new Content(options, Bytes.empty());
    }

    @Override
    public Content ping(Signal.Ping ping) {
      return custody(ping.custody());
    }

    @Override
    public Content pong(Signal.Pong pong) {
      return custody(pong.custody());
    }

    private static Content custody(boolean custody) {
      Option option = new Option(SignalOption.CUSTODY, Bytes.empty());
      return new Content(custody ? List.of(option) : List.of(), Bytes.empty());
    }

    @Override
    public Content release(Signal.Release release) {
      List<Option> options = new ArrayList<>();
      release
          .alternativeAddresses()
          .forEach(it -> options.add(Option.text(SignalOption.ALTERNATIVE_ADDRESS, it)));
      release
          .holdOffSeconds()
          .ifPresent(seconds -> options.add(Option.uint(SignalOption.HOLD_OFF, seconds)));
      return new Content(options, Bytes.utf8(release.diagnostic()));
    }

    @Override
    public Content abort(Signal.Abort abort) {
      List<Option> options = new ArrayList<>();
      abort
          .badCsmOption()
          .ifPresent(number -> options.add(Option.uint(SignalOption.BAD_CSM_OPTION, number)));
      return new Content(options, Bytes.utf8(abort.diagnostic()));
    }
  }
}
