package dev.moat.cli.oscore;

import dev.moat.cli.console.Failure;
import dev.moat.cli.file.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The argument of {@code -E}: a configuration file, and perhaps a file for sequence numbers.
 *
 * @param conf the configuration
 * @param sequence where sequence numbers are kept; empty for a state file beside the configuration
 */
record OscoreConfFile(Path conf, Optional<Path> sequence) {
  /** Reads {@code conf[,seq_file]}; a file whose name has a comma is found too. */
  static OscoreConfFile of(String argument) {
    int comma = argument.indexOf(',');
    if (comma < 0 || Files.exists(Path.of(argument))) {
      return new OscoreConfFile(Path.of(argument), Optional.empty());
    }
    String sequence = argument.substring(comma + 1);
    if (comma == 0 || sequence.isEmpty()) {
      throw new IllegalArgumentException("-E takes CONF or CONF,SEQ_FILE, not '" + argument + "'");
    }
    return new OscoreConfFile(
        Path.of(argument.substring(0, comma)), Optional.of(Path.of(sequence)));
  }

  /** What the configuration says; touches no state. */
  OscoreConf read(boolean insecureMode) {
    return ConfParser.parse(conf, SecretFile.read(conf, insecureMode));
  }

  /** The state file when there is no sequence file. */
  Path state() {
    return conf.resolveSibling(conf.getFileName() + ".moat-state");
  }

  /**
   * Refuses a sequence file that is not there when the keys were used without one: numbers that
   * were used would come again, and with them nonces (RFC 8613, Section 7.2).
   */
  void refuseToBeginAnew() {
    boolean begins = sequence.isPresent() && !Files.exists(sequence.get());
    if (begins && Files.exists(state())) {
      throw new Failure(
          conf + " was used without a sequence file; " + sequence.get() + " would begin at 0 again",
          "Leave the sequence file out, or make a new security context.");
    }
  }
}
