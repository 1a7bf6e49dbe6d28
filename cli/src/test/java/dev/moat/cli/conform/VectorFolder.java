package dev.moat.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with files of the shared vectors.
 *
 * @param path where it is
 */
record VectorFolder(Path path) {
  private static final String SUFFIX = ".json";

  /** Puts the file of this name, without its suffix, into the folder. */
  Path copy(String name) throws IOException {
    Path copy = path.resolve(name + SUFFIX);
    try (InputStream vectors = getClass().getResourceAsStream("/vectors/" + name + SUFFIX)) {
      assertThat(vectors).as(name).isNotNull();
      Files.copy(vectors, copy);
    }
    return copy;
  }

  /** Puts files into the folder. */
  void copyAll(List<String> names) throws IOException {
    for (String name : names) {
      Path unused = copy(name);
    }
  }

  /** Runs the command on the folder. */
  CommandRun run(String... more) {
    String[] arguments = new String[2 + more.length];
    arguments[0] = "conform";
    arguments[1] = path.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return CommandRun.of(arguments);
  }

  /** Runs a file in which {@code truth} is replaced everywhere; the command must notice. */
  CommandRun lie(String name, String truth, String lie) throws IOException {
    Path vectors = copy(name);
    String text = Files.readString(vectors);
    assertThat(text.contains(truth)).as(truth).isTrue();
    Files.writeString(vectors, text.replace(truth, lie));
    return lied(name);
  }

  /** As {@link #lie}, with only those cases in the file that the lie is in: for slow ones. */
  CommandRun lieAlone(String name, String truth, String lie) throws IOException {
    Path vectors = copy(name);
    String text = Files.readString(vectors);
    assertThat(text.contains(truth)).as(truth).isTrue();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode before = mapper.readTree(text).path("cases");
    ObjectNode changed = (ObjectNode) mapper.readTree(text.replace(truth, lie));
    ArrayNode kept = mapper.createArrayNode();
    for (int i = 0; i < before.size(); i++) {
      JsonNode now = changed.path("cases").path(i);
      if (!now.equals(before.path(i))) {
        kept.add(now);
      }
    }
    assertThat(kept).as("the lie is in a case").isNotEmpty();
    Files.writeString(vectors, changed.<ObjectNode>set("cases", kept).toString());
    return lied(name);
  }

  private CommandRun lied(String name) {
    CommandRun run = run("--kind", name);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("FAIL     " + name);
    assertThat(run.err()).doesNotContain("\tat ");
    return run;
  }
}
