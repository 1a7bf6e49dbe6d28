package dev.moat.radio.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which leaves of the reference file are known to be wrong, and which are no model's output. Read
 * from reference-ledger.txt, which explains its form.
 */
record Ledger(List<Wrong> wrong, List<Given> given) {
  /** Within one step. */
  private static final String ANY_TEXT = "(?:(?!" + Place.SEPARATOR + ").)*";

  static Ledger load() {
    List<Wrong> wrong = new ArrayList<>();
    List<Given> given = new ArrayList<>();
    for (String line : lines()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split(" \\| ", -1);
      if (cells[0].equals("wrong") && cells.length == 5) {
        wrong.add(new Wrong(cells[1], cells[2], cells[3], cells[4]));
      } else if (cells[0].equals("given") && cells.length == 3) {
        given.add(new Given(cells[1], pattern(cells[1]), cells[2]));
      } else {
        throw new AssertionError("no entry of the ledger: " + line);
      }
    }
    return new Ledger(wrong, given);
  }

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Ledger.class.getResourceAsStream("/reference-ledger.txt"),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Within a step "*" is any text; as a step of its own "**" is any steps, at least one. */
  private static Pattern pattern(String path) {
    StringBuilder regex = new StringBuilder();
    for (String step : path.split(Place.SEPARATOR)) {
      regex.append(regex.isEmpty() ? "" : Pattern.quote(Place.SEPARATOR));
      regex.append(step.equals("**") ? ".+" : oneStep(step));
    }
    return Pattern.compile(regex.toString());
  }

  private static String oneStep(String step) {
    return Pattern.quote(step).replace("*", "\\E" + ANY_TEXT + "\\Q");
  }

  /**
   * A leaf that is wrong.
   *
   * @param path the leaf's
   * @param published what the file has
   * @param correct what the model gives; ">= n" where only a bound can be given
   * @param why what went wrong
   */
  record Wrong(String path, String published, String correct, String why) {
    boolean isCorrectedBy(Claims.Figure figure) {
      if (correct.startsWith(">= ")) {
        return figure.agreesWith(new BigDecimal(correct.substring(3)));
      }
      return figure.agreesWith(new BigDecimal(correct));
    }
  }

  /**
   * Leaves no model puts out.
   *
   * @param text the pattern as written
   * @param pattern for their paths
   * @param why what they are instead
   */
  record Given(String text, Pattern pattern, String why) {
    boolean matches(String path) {
      return pattern.matcher(path).matches();
    }
  }
}
