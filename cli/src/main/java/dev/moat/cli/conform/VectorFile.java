package dev.moat.cli.conform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param root the whole file, for what its cases share
 * @param cases its cases; none when it has no list of that name
 * @param unreadable why it could not be read as JSON
 */
record VectorFile(String name, JsonNode root, List<JsonNode> cases, Optional<String> unreadable) {
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
      JsonNode root = MAPPER.readTree(file.toFile());
      List<JsonNode> cases = new ArrayList<>();
      root.path("cases").forEach(one -> cases.addAll(expanded(root, one)));
      return new VectorFile(name, root, cases, Optional.empty());
    } catch (JacksonException e) {
      return unreadable(name, "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return unreadable(name, "unreadable: " + e.getMessage());
    }
  }

  private static VectorFile unreadable(String name, String why) {
    return new VectorFile(name, MissingNode.getInstance(), List.of(), Optional.of(why));
  }

  /** Wycheproof groups its tests: each becomes a case with what its group and file say. */
  private static List<JsonNode> expanded(JsonNode root, JsonNode group) {
    if (!group.path("tests").isArray() || !group.path("tests").path(0).isObject()) {
      return List.of(group);
    }
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode test : group.path("tests")) {
      ObjectNode one = group.deepCopy();
      one.remove("tests");
      one.put("algorithm", root.path("algorithm").asText());
      if (test instanceof ObjectNode fields) {
        one.setAll(fields);
      }
      cases.add(one.put("id", "tcId " + test.path("tcId").asText("?")));
    }
    return cases;
  }

  /** The kind of its cases; empty when none is recognised. */
  Optional<Kind> kind() {
    return cases.stream().map(Kind::of).flatMap(Optional::stream).findFirst();
  }

  /**
   * What the kind is called: the recognised one's label, else the file's name without its suffix.
   */
  String kindLabel() {
    return kind().map(Kind::label).orElseGet(this::stem);
  }

  /** The file's name without its suffix. */
  String stem() {
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
