package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.ContentFormatWords;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Reliability;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Works out what to send from what the user wrote. Whatever it throws as {@link
 * IllegalArgumentException} is a mistake in the command line, told in its message.
 */
final class RequestPlanner {
  private static final List<Code> METHODS =
      Arrays.asList(
          Code.GET, Code.POST, Code.PUT, Code.DELETE, Code.FETCH, Code.PATCH, Code.IPATCH);

  private final RequestFlags flags;
  private final TransportFlags transport;

  RequestPlanner(RequestFlags flags, TransportFlags transport) {
    this.flags = flags;
    this.transport = transport;
  }

  /** The plan for a request of the command {@code usual} to {@code uri}. */
  RequestPlan plan(Code usual, String uri, InputStream standardInput) {
    Target target =
        transport.proxy == null ? Target.direct(uri) : Target.through(transport.proxy, uri);
    Code method = flags.method == null ? usual : method(flags.method);
    Options options = options(target.options(), method);
    Bytes payload = payload(standardInput);
    if (flags.contentFormat != null && payload.isEmpty()) {
      throw new IllegalArgumentException(
          "-t tells the format of a payload; give one with -e TEXT or -f FILE");
    }
    Reliability reliability =
        transport.nonConfirmable ? Reliability.NON_CONFIRMABLE : Reliability.CONFIRMABLE;
    return new RequestPlan(target, method, options, payload, reliability);
  }

  private Options options(Options ofUri, Code method) {
    Options options = ofUri;
    if (flags.contentFormat != null) {
      options = options.plus(format(OptionNumber.CONTENT_FORMAT, flags.contentFormat));
    }
    if (flags.accept != null) {
      options = options.plus(format(OptionNumber.ACCEPT, flags.accept));
    }
    if (flags.subscribeSeconds != null) {
      options = options.plus(register(method));
    }
    for (String argument : flags.options) {
      options = options.plus(OptionArgument.option(argument));
    }
    return options;
  }

  private static Option format(int number, String argument) {
    return Option.uint(number, ContentFormatWords.parse(argument));
  }

  /** RFC 7641, Section 2: 0 registers; RFC 8132, Section 2.4: FETCH may be observed too. */
  private static Option register(Code method) {
    if (!method.isSafe()) {
      throw new IllegalArgumentException(
          "-s observes, which works with get and fetch only, not with " + method.title());
    }
    return Option.uint(OptionNumber.OBSERVE, 0);
  }

  private Bytes payload(InputStream standardInput) {
    if (flags.text != null && flags.file != null) {
      throw new IllegalArgumentException("give the payload by -e or by -f, not by both");
    }
    if (flags.file != null) {
      return PayloadSource.read(flags.file, standardInput);
    }
    return flags.text == null ? Bytes.empty() : Bytes.utf8(flags.text);
  }

  private static Code method(String argument) {
    if (argument.matches("[0-9]{1,2}")) {
      int number = Integer.parseInt(argument);
      if (number >= 1 && number <= 31) {
        return Code.of(0, number);
      }
    }
    return METHODS.stream()
        .filter(
            code -> code.title().toLowerCase(Locale.ROOT).equals(argument.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + argument
                        + "' is no method; write get, put, post, delete, fetch, patch, ipatch or a"
                        + " number from 1 to 31"));
  }
}
