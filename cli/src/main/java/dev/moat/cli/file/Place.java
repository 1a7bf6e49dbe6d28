package dev.moat.cli.file;

import dev.moat.cli.console.Failure;
import java.nio.file.Path;

/**
 * Where in a file something stands, for messages.
 *
 * @param file the file
 * @param line its line, from 1 on; 0 for the file as a whole
 * @param keyword the keyword or member; may be empty
 */
public record Place(Path file, int line, String keyword) {
  /** The file as a whole. */
  public static Place of(Path file) {
    return new Place(file, 0, "");
  }

  /** The same place in words: {@code client.conf:3: aead_alg}. */
  @Override
  public String toString() {
    String at = line == 0 ? file.toString() : file + ":" + line;
    return keyword.isEmpty() ? at : at + ": " + keyword;
  }

  /** A refusal of what stands here. */
  public Failure refuse(String rule, String advice) {
    return new Failure(this + " " + rule, advice);
  }

  /** A refusal of what stands here, where a wrong file counts as wrong usage. */
  public Failure misuse(String rule, String advice) {
    return Failure.usage(this + " " + rule, advice);
  }

  /** The member {@code name} of what stands here. */
  public Place member(String name) {
    return new Place(file, line, keyword.isEmpty() ? name : keyword + " > " + name);
  }
}
