package dev.moat.cli.oscore;

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
}
