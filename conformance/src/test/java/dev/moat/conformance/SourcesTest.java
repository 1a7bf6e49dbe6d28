package dev.moat.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the source shows. */
class SourcesTest {
  /** The reactor's folder: surefire runs a module's tests in the module's own. */
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern LOCK =
      Pattern.compile("(?m)^(?!\\s*(\\*|//|/\\*)).*\\bsynchronized\\b");

  @Test
  void everyPackageIsNullMarked() {
    Set<Path> packages = new TreeSet<>();
    for (String module : modules()) {
      for (Path source : sources(module, "main")) {
        packages.add(source.getParent());
      }
    }
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .isRegularFile()
                    .content()
                    .contains("@NullMarked"));
  }

  /** ArchUnit sees synchronized methods, but not synchronized blocks. */
  @Test
  void coresTakeNoLock() {
    for (String module : Modules.CORES) {
      assertThat(sources(module, "main"))
          .allSatisfy(source -> assertThat(source).content().doesNotContainPattern(LOCK));
    }
  }

  /** The coverage gate looks only at modules that ran a test. */
  @Test
  void everyCoreWithCodeHasTests() {
    for (String module : Modules.CORES) {
      if (sources(module, "main").stream().anyMatch(path -> !path.endsWith("package-info.java"))) {
        assertThat(sources(module, "test")).as("tests of " + module).isNotEmpty();
      }
    }
  }

  @Test
  void everyCoreIsMeasured() {
    for (String module : Modules.CORES) {
      assertThat(ROOT.resolve(module).resolve("pom.xml"))
          .content()
          .contains("<jacoco.skip>${gates.skip}</jacoco.skip>");
    }
  }

  private static List<String> modules() {
    return MODULE.matcher(read(ROOT.resolve("pom.xml"))).results().map(r -> r.group(1)).toList();
  }

  private static List<Path> sources(String module, String kind) {
    Path folder = ROOT.resolve(module).resolve("src").resolve(kind).resolve("java");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .collect(Collectors.toUnmodifiableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
