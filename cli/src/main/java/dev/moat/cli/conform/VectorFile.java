package dev.moat.cli.conform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One file of vectors.
 *
 * @param name the file's name without folder
 * @param cases its cases; none when it has no list of that name
 * @param unreadable why it could not be read as JSON
 */
record VectorFile(String name, List<JsonNode> cases, Optional<String> unreadable) {
  private static final String SUFFIX = ".json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Every JSON file of {@code folder}, in order of the names. */
  static List<VectorFile> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .filter(Files::isRegularFile)
          .sorted()
          .map(VectorFile::read)
          .toList();
    } catch (IOException e) {
      throw new Failure(
          "cannot list " + folder + ": " + e.getMessage(), "Give a folder with .json files.", e);
    }
  }

  private static VectorFile read(Path file) {
    String name = file.getFileName().toString();
    try {
      List<JsonNode> cases = new ArrayList<>();
      MAPPER.readTree(file.toFile()).path("cases").forEach(cases::add);
      return new VectorFile(name, cases, Optional.empty());
    } catch (JacksonException e) {
      return new VectorFile(name, List.of(), Optional.of("not JSON: " + e.getOriginalMessage()));
    } catch (IOException e) {
      return new VectorFile(name, List.of(), Optional.of("unreadable: " + e.getMessage()));
    }
  }

  /** The kind of its cases; empty when none is recognised. */
  Optional<Kind> kind() {
    return cases.stream().map(Kind::of).flatMap(Optional::stream).findFirst();
  }

  /**
   * What the kind is called: the recognised one's label, else the file's name without its suffix.
   */
  String kindLabel() {
    return kind().map(Kind::label).orElse(name.substring(0, name.length() - SUFFIX.length()));
  }
}
