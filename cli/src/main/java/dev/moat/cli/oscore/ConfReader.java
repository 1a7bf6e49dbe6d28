package dev.moat.cli.oscore;

import dev.moat.cli.file.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits libcoap's oscore_conf format into settings, as its manual page coap-oscore-conf(5) has it:
 * a line {@code keyword,encoding,value} each, {@code #} before a comment, and settings of {@code
 * complex_sender} and {@code complex_recipient} between single quotes over several lines.
 */
final class ConfReader {
  private static final Set<String> ENCODINGS =
      Set.of("ascii", "hex", "integer", "unsigned64", "text", "bool", "config");
  private static final String SHAPE =
      "Write keyword,encoding,value, such as sender_id,ascii,\"client\".";

  private final Path file;
  private final List<ConfEntry> entries = new ArrayList<>();
  private int number;

  /** The line where {@code config} began; 0 outside of one. */
  private int openedAt;

  private ConfReader(Path file) {
    this.file = file;
  }

  /** The settings of {@code text}, which is the content of {@code file}. */
  static List<ConfEntry> read(Path file, String text) {
    ConfReader reader = new ConfReader(file);
    text.lines().forEach(reader::line);
    if (reader.openedAt != 0) {
      throw new Place(file, reader.openedAt, "")
          .refuse(
              "opens a ' that is never closed", "Put a ' behind the last setting of the block.");
    }
    return List.copyOf(reader.entries);
  }

  private void line(String line) {
    number++;
    if (openedAt != 0 && line.startsWith("'")) {
      close(line.substring(1));
      return;
    }
    if (!line.isBlank() && !line.startsWith("#")) {
      entry(line);
    }
  }

  private void close(String rest) {
    openedAt = 0;
    if (!rest.isBlank()) {
      throw here("").refuse("has text behind the closing '", "Begin a new line there.");
    }
  }

  private void entry(String line) {
    String[] parts = line.split(",", 3);
    if (parts.length < 3) {
      // Without the line itself, which may hold a secret.
      throw here("").refuse("is no setting: it has " + parts.length + " of 3 parts", SHAPE);
    }
    Place place = here(parts[0]);
    String encoding = parts[1];
    if (!ENCODINGS.contains(encoding)) {
      throw place.refuse(
          "has an unknown encoding" + (encoding.matches("[a-z]{1,9}") ? ": " + encoding : ""),
          "The encodings are ascii, hex, integer, unsigned64, text, bool and config.");
    }
    if (encoding.equals("config")) {
      open(place, parts[2]);
    } else {
      entries.add(new ConfEntry(place, encoding, value(place, parts[2])));
    }
  }

  private void open(Place place, String value) {
    if (!place.keyword().equals("complex_sender") && !place.keyword().equals("complex_recipient")) {
      throw place.refuse(
          "takes no encoding config", "Only complex_sender and complex_recipient do.");
    }
    if (openedAt != 0) {
      throw place.refuse(
          "stands within another block", "Close the block of line " + openedAt + " with a '.");
    }
    if (!value.strip().equals("'")) {
      throw place.refuse(
          "must open its block with a single ' at the end of the line",
          "Write " + place.keyword() + ",config,' and begin a new line.");
    }
    openedAt = number;
  }

  private static String value(Place place, String text) {
    if (!text.startsWith("\"")) {
      return unquoted(place, text);
    }
    int end = text.indexOf('"', 1);
    if (end < 0) {
      throw place.refuse("opens a \" that is never closed", "Put a \" behind the value.");
    }
    if (!text.substring(end + 1).isBlank()) {
      throw place.refuse(
          "has text behind the closing \"", "Remove it, or begin a comment line with #.");
    }
    return text.substring(1, end);
  }

  private static String unquoted(Place place, String text) {
    if (!text.equals(text.strip())) {
      throw place.refuse(
          "has blanks around its value, which would count as part of it",
          "Remove them, or put the value in double quotes.");
    }
    if (text.isEmpty()) {
      throw place.refuse("has no value", "For an empty value write \"\".");
    }
    return text;
  }

  private Place here(String keyword) {
    return new Place(file, number, keyword);
  }
}
