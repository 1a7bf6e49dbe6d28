package dev.moat.conformance.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the tests that carry a row id in a {@code @Tag}, by reading the test sources of every
 * module.
 */
final class TaggedTests {
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"((?:LK|AT|AM)-\\d{2,3})\"\\)");
  private static final Pattern METHOD = Pattern.compile("^\\s*(?:public )?void (\\w+)\\(");
  private static final Pattern TYPE = Pattern.compile("^(?:public )?(?:final )?class (\\w+)");
  private static final Pattern NESTED = Pattern.compile("^\\s+(?:final )?class (\\w+)");

  private final Map<String, TreeSet<String>> byRow = new TreeMap<>();

  private TaggedTests() {}

  /** Reads every {@code src/test/java} below {@code root}. */
  static TaggedTests below(Path root) throws IOException {
    TaggedTests found = new TaggedTests();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        Path sources = module.resolve("src/test/java");
        if (Files.isDirectory(sources)) {
          found.readTree(module.getFileName().toString(), sources);
        }
      }
    }
    return found;
  }

  /** Row id to the tests that show it, as {@code module: Class.method}. */
  Map<String, TreeSet<String>> byRow() {
    return byRow;
  }

  private void readTree(String module, Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        readFile(module, file);
      }
    }
  }

  /** A tag belongs to the next method; a tag above the type belongs to the whole class. */
  private void readFile(String module, Path file) throws IOException {
    String type = file.getFileName().toString().replace(".java", "");
    List<String> open = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher tag = TAG.matcher(line);
      while (tag.find()) {
        open.add(tag.group(1));
      }
      Matcher method = METHOD.matcher(line);
      if (method.find()) {
        record(open, module + ": " + type + "." + method.group(1));
      } else if (TYPE.matcher(line).find()) {
        record(open, module + ": " + type);
      } else {
        Matcher nested = NESTED.matcher(line);
        if (nested.find()) {
          record(open, module + ": " + type + "." + nested.group(1));
        }
      }
    }
  }

  private void record(List<String> open, String test) {
    for (String id : open) {
      byRow.computeIfAbsent(id, key -> new TreeSet<>()).add(test);
    }
    open.clear();
  }
}
