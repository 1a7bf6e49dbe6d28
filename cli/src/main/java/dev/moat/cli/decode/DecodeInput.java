package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the octets of a message come from: digits on the command line, a file, or standard input.
 */
final class DecodeInput {
  /** More than any UDP datagram holds, even written as hexadecimal digits with separators. */
  private static final int MAX_OCTETS = 1 << 20;

  private static final Pattern SEPARATORS = Pattern.compile("0[xX]|[\\s:,]");
  private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]*");

  private DecodeInput() {}

  /** The message that the arguments name: all digits, or one file name, or {@code -}. */
  static Bytes read(List<String> arguments, InputStream standardInput) {
    String joined = String.join("", arguments);
    if (joined.equals("-")) {
      return fromStream(standardInput);
    }
    Optional<Bytes> digits = fromDigits(joined);
    return digits.orElseGet(() -> fromFile(arguments, joined));
  }

  private static Optional<Bytes> fromDigits(String text) {
    String bare = SEPARATORS.matcher(text).replaceAll("");
    if (!DIGITS.matcher(bare).matches()) {
      return Optional.empty();
    }
    if (bare.length() % 2 != 0) {
      throw new Failure(
          "an odd number of hexadecimal digits: " + bare.length(),
          "Two digits make an octet; check that none was lost. For a file of that name, write ./"
              + text);
    }
    return Optional.of(Bytes.hex(bare));
  }

  private static Bytes fromFile(List<String> arguments, String joined) {
    String advice =
        "Give hexadecimal digits such as 40010001, the name of a file with digits or octets, or -"
            + " for standard input.";
    if (arguments.size() > 1) {
      throw new Failure("'" + joined + "' has characters that are no hexadecimal digits", advice);
    }
    try (InputStream file = Files.newInputStream(Path.of(joined))) {
      return fromStream(file);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new Failure("'" + joined + "' is neither hexadecimal digits nor a file", advice, e);
    } catch (IOException e) {
      throw new Failure("cannot read " + joined + ": " + e.getMessage(), advice, e);
    }
  }

  /**
   * Text of hexadecimal digits means the octets they stand for; anything else is the message
   * itself.
   */
  private static Bytes fromStream(InputStream stream) {
    try {
      byte[] content = stream.readNBytes(MAX_OCTETS + 1);
      if (content.length > MAX_OCTETS) {
        throw new Failure(
            "the input is longer than " + MAX_OCTETS + " octets",
            "A UDP datagram has at most 65,507; give one message at a time.");
      }
      String text = new String(content, StandardCharsets.ISO_8859_1);
      return looksLikeDigits(text) ? fromDigits(text).orElseThrow() : Bytes.owned(content);
    } catch (IOException e) {
      throw new Failure("cannot read the message: " + e.getMessage(), "Check the input.", e);
    }
  }

  private static boolean looksLikeDigits(String text) {
    String bare = SEPARATORS.matcher(text).replaceAll("");
    return !bare.isEmpty() && DIGITS.matcher(bare).matches();
  }
}
