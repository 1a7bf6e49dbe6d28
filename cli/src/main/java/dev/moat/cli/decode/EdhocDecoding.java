package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Console;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code moat decode --edhoc}; picocli fills in the options. */
final class EdhocDecoding {
  @Option(names = "--edhoc", description = "The message is one of EDHOC, not of CoAP.")
  private boolean edhoc;

  @Option(
      names = "--message",
      paramLabel = "N",
      description =
          "Which EDHOC message it is, 1 to 4: the encrypted ones look alike. With --edhoc.")
  private @Nullable Integer number;

  @Option(
      names = "--suite",
      paramLabel = "N",
      description =
          "The selected cipher suite, which tells where in message_2 G_Y ends. With --edhoc.")
  private @Nullable Integer suite;

  /** Created by picocli. */
  EdhocDecoding() {}

  /** True when an EDHOC message is meant. */
  boolean wanted() {
    return edhoc || number != null || suite != null;
  }

  /**
   * Shows the message.
   *
   * @return true when it is well-formed
   * @throws IllegalArgumentException when an option is wrong
   */
  boolean show(Bytes message, Console console, boolean json) {
    EdhocRecognition recognised = EdhocRecognition.of(message);
    EdhocMessageKind kind = kind(recognised);
    int prefix = recognised.prefixOctets();
    Bytes itself = message.slice(prefix, message.length());
    Dissection bare = EdhocDissector.dissect(itself, prefix, kind, suite());
    List<Field> fields = new ArrayList<>();
    if (prefix > 0) {
      fields.add(EdhocInside.prefix(0, message.slice(0, prefix)));
    }
    fields.addAll(bare.fields());
    Dissection whole = new Dissection(fields, bare.fault(), List.of());
    if (json) {
      console.result(DissectionJson.of(message, kind, whole).toPrettyString());
    } else {
      new DissectionText(console).print(message, kind, whole);
    }
    return whole.fault().isEmpty();
  }

  private EdhocMessageKind kind(EdhocRecognition recognised) {
    EdhocMessageKind shown = recognised.kind();
    if (number == null) {
      // With a suite that is known, message_2 is the only one that it tells anything about.
      boolean second = shown == EdhocMessageKind.ENCRYPTED && suite != null;
      return second ? EdhocMessageKind.MESSAGE_2 : shown;
    }
    if (shown == EdhocMessageKind.ERROR) {
      return shown;
    }
    return switch (number) {
      case 1 -> EdhocMessageKind.MESSAGE_1;
      case 2 -> EdhocMessageKind.MESSAGE_2;
      case 3 -> EdhocMessageKind.MESSAGE_3;
      case 4 -> EdhocMessageKind.MESSAGE_4;
      default -> throw new IllegalArgumentException("--message takes 1, 2, 3 or 4");
    };
  }

  private Optional<CipherSuite> suite() {
    if (suite == null) {
      return Optional.empty();
    }
    int value = suite;
    return Optional.of(
        CipherSuites.standard()
            .find(value)
            .orElseThrow(
                () -> new IllegalArgumentException("--suite names " + value + ", not known here")));
  }
}
