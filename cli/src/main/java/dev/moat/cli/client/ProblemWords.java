package dev.moat.cli.client;

import dev.moat.cbor.CborException;
import dev.moat.cli.words.OptionWords;
import dev.moat.cli.words.Printable;
import dev.moat.coap.problem.ProblemDetails;
import dev.moat.coap.service.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a server says about an error: problem details (RFC 9290) or a diagnostic message (RFC 7252,
 * Section 5.5.2).
 */
final class ProblemWords {
  private ProblemWords() {}

  /** The explanation in one line; empty when there is none. */
  static Optional<String> of(Response response) {
    if (response.payload().isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<ProblemDetails> details = ProblemDetails.from(response);
      return details.isPresent()
          ? Optional.of(words(details.get()))
          : Optional.of(Printable.orHex(response.payload()));
    } catch (CborException e) {
      return Optional.of("(malformed problem details) 0x" + response.payload().toHex());
    }
  }

  private static String words(ProblemDetails details) {
    List<String> parts = new ArrayList<>();
    details.title().ifPresent(parts::add);
    details.detail().ifPresent(parts::add);
    if (!details.unprocessedOptions().isEmpty()) {
      parts.add(
          details.unprocessedOptions().stream()
              .map(OptionWords::name)
              .collect(Collectors.joining(", ", "options not processed: ", "")));
    }
    details.instance().ifPresent(instance -> parts.add("see " + instance));
    if (!details.otherEntries().isEmpty()) {
      parts.add("and " + details.otherEntries().size() + " entries not understood here");
    }
    return Printable.of(String.join("; ", parts));
  }
}
