package dev.moat.cli.client;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Failure;
import dev.moat.cli.console.Style;
import dev.moat.cli.words.CodeWords;
import dev.moat.cli.words.OptionWords;
import dev.moat.cli.words.Printable;
import dev.moat.coap.option.Option;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person or a script how a request ended.
 *
 * @param console where to print
 * @param target what was asked
 * @param json true for scripts
 * @param verbosity from 1 on, options are shown
 * @param output where a payload goes instead of standard output
 */
record OutcomeReport(
    Console console, Target target, boolean json, int verbosity, @Nullable Path output) {

  /** Tells of {@code outcome}, and gives the exit status. */
  int tell(Outcome outcome) {
    String advice =
        outcome.fold(
            responded -> advice(responded.response(), responded.request()),
            OutcomeAdvice::of,
            unknown -> OutcomeAdvice.of(unknown, target.uri()));
    if (json) {
      console.result(ResponseJson.of(outcome, target.uri(), advice).toPrettyString());
    }
    return outcome.fold(
        responded -> responded(responded.response(), advice),
        refused -> failed("not delivered: " + words(refused), advice, Style.BAD),
        unknown -> failed("outcome unknown: " + OutcomeAdvice.doubt(unknown), advice, Style.DOUBT));
  }

  /** Tells of one notification. */
  void tellNotification(Response response) {
    if (json) {
      console.result(ResponseJson.notification(response).toString());
    } else {
      status(response);
      body(response);
    }
  }

  private String advice(Response response, Request request) {
    return response.code().isSuccess() ? "" : OutcomeAdvice.of(response, request, target.origin());
  }

  private int responded(Response response, String advice) {
    boolean success = response.code().isSuccess();
    if (!json) {
      status(response);
      if (success) {
        body(response);
      } else {
        console.note("  " + advice);
      }
    }
    if (success && output != null) {
      save(response.payload(), output);
    }
    return success ? Exit.OK : Exit.FAILED;
  }

  /** The code, and on an error what the server says about it; the options when asked for. */
  private void status(Response response) {
    boolean success = response.code().isSuccess();
    String line = CodeWords.name(response.code());
    if (!success) {
      line += ProblemWords.of(response).map(problem -> ": " + problem).orElse("");
    }
    console.note(success ? Style.GOOD : Style.BAD, line);
    if (verbosity > 0) {
      for (Option option : response.options()) {
        String value = OptionWords.value(option.number(), option.value());
        console.note("  " + OptionWords.name(option.number()) + ": " + value);
      }
    }
  }

  private void body(Response response) {
    if (output != null || response.payload().isEmpty()) {
      return;
    }
    String shown = ResponseText.utf8(response.payload()).orElseGet(response.payload()::toHex);
    console.result(shown.endsWith("\n") ? shown.substring(0, shown.length() - 1) : shown);
  }

  private int failed(String what, String advice, Style style) {
    if (!json) {
      console.note(style, what);
      console.note("  " + advice);
    }
    return Exit.FAILED;
  }

  private static void save(Bytes payload, Path file) {
    try {
      Path unused = Files.write(file, payload.toArray());
    } catch (IOException e) {
      throw new Failure(
          "cannot write " + file + ": " + e.getMessage(),
          "Give -o a file in a writable folder.",
          e);
    }
  }

  /** The sentence of whoever tried to deliver it, where there is one. */
  private static String words(Outcome.NotDelivered refused) {
    String cause = refused.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return refused.reason().map(Printable::of).orElse(cause);
  }
}
