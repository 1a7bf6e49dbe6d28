package dev.moat.cli.oscore;

import dev.moat.cli.console.Failure;
import java.nio.file.Path;

/**
 * Where in a file something stands, for messages.
 *
 * @param file the file
 * @param line its line, from 1 on; 0 for the file as a whole
 * @param keyword the keyword or member; may be empty
 */
record Place(Path file, int line, String keyword) {
  /** The file as a whole. */
  static Place of(Path file) {
    return new Place(file, 0, "");
  }

  /** The same place in words: {@code client.conf:3: aead_alg}. */
  @Override
  public String toString() {
    String at = line == 0 ? file.toString() : file + ":" + line;
    return keyword.isEmpty() ? at : at + ": " + keyword;
  }

  /** A refusal of what stands here. */
  Failure refuse(String rule, String advice) {
    return new Failure(this + " " + rule, advice);
  }
}
