package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code moat edhoc run}; picocli fills them in. */
final class RunOptions {
  private static final Pattern DIGITS = Pattern.compile("([0-9a-fA-F]{2}){0,16}");
  private static final int MAX_PADDING = 1024;
  private static final int SHORT_IDENTIFIERS = 24;

  @Option(
      names = "--method",
      paramLabel = "N",
      description =
          "0: both sign; 1: the initiator signs, the responder has a static Diffie-Hellman key; 2:"
              + " the other way round; 3: both have static Diffie-Hellman keys (the default); 4: a"
              + " shared key, made for this run.")
  int method = Method.DH_DH.value();

  @Option(
      names = "--suite",
      paramLabel = "N[,N...]",
      split = ",",
      description =
          "The suites of both sides, the preferred one first: 0 to 6, 24, 25. The default is"
              + " ${DEFAULT-VALUE}.")
  List<Integer> suites = List.of(2);

  @Option(
      names = "--cred-i",
      paramLabel = "CRED",
      description =
          "The initiator's credential: kid or kccs (a claims set by reference or by value), x5t or"
              + " x5chain (a certificate), made for this run; or a file with an own identity. The"
              + " default is ${DEFAULT-VALUE}.")
  String credI = "kid";

  @Option(
      names = "--cred-r",
      paramLabel = "CRED",
      description = "The responder's credential, likewise.")
  String credR = "kid";

  @Option(
      names = "--c-i",
      paramLabel = "HEX",
      description = "C_I; the default is one octet that is short in messages. '' for empty.")
  @Nullable String cI;

  @Option(names = "--c-r", paramLabel = "HEX", description = "C_R, likewise.")
  @Nullable String cR;

  @Option(names = "--message-4", description = "Send message_4, too.")
  boolean message4;

  @Option(
      names = "--ead",
      paramLabel = "N:LABEL[:HEX]",
      description =
          "Put an item of external authorization data into message N; with a negative label it is"
              + " critical. May be repeated.")
  List<String> ead = List.of();

  @Option(
      names = "--padding",
      paramLabel = "N",
      description = "Pad messages to multiples of N octets.")
  int padding = 1;

  @Option(
      names = "--insecure-file-mode",
      description = "Accept files with secrets that other users may read.")
  boolean insecureFileMode;

  /** Created by picocli. */
  RunOptions() {}

  /** The method. */
  Method method() {
    return Method.of(method)
        .orElseThrow(() -> new IllegalArgumentException("--method takes 0, 1, 2, 3 or 4"));
  }

  /** The suites, most preferred first. */
  List<CipherSuite> suites() {
    List<CipherSuite> known =
        suites.stream()
            .map(
                value ->
                    CipherSuites.standard()
                        .find(value)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "--suite names " + value + "; known are 0 to 6, 24 and 25")))
            .toList();
    if (known.isEmpty() || known.stream().distinct().count() < known.size()) {
      throw new IllegalArgumentException("--suite takes one suite or more, each once");
    }
    return known;
  }

  /** The length that messages are padded to a multiple of. */
  int padding() {
    if (padding < 1 || padding > MAX_PADDING) {
      throw new IllegalArgumentException("--padding takes a number from 1 to " + MAX_PADDING);
    }
    return padding;
  }

  /** C_I. */
  ConnectionId cI(RandomSource random) {
    return identifier("--c-i", cI, ConnectionId.of(random.below(SHORT_IDENTIFIERS)));
  }

  /** C_R, another one than C_I. */
  ConnectionId cR(ConnectionId other, RandomSource random) {
    int choice = random.below(SHORT_IDENTIFIERS);
    ConnectionId usual = ConnectionId.of(choice);
    if (usual.equals(other)) {
      usual = ConnectionId.of((choice + 1) % SHORT_IDENTIFIERS);
    }
    ConnectionId chosen = identifier("--c-r", cR, usual);
    if (chosen.equals(other)) {
      throw new IllegalArgumentException(
          "C_I and C_R must differ: both become Recipient IDs (RFC 9528, 3.3.3)");
    }
    return chosen;
  }

  private static ConnectionId identifier(
      String option, @Nullable String digits, ConnectionId usual) {
    if (digits == null) {
      return usual;
    }
    if (!DIGITS.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          option + " takes pairs of hexadecimal digits, at most 16 pairs");
    }
    return new ConnectionId(Bytes.hex(digits));
  }
}
