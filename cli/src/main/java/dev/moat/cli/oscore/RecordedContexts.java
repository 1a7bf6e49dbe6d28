package dev.moat.cli.oscore;

import dev.moat.oscore.context.ContextParameters;
import java.util.List;

/** The contexts of a configuration for looking at recorded messages: without any state. */
public final class RecordedContexts {
  private RecordedContexts() {}

  /**
   * The parameters of every context in a file; the caller closes them.
   *
   * @param conf the argument of {@code -E}; a sequence file in it is not touched
   */
  public static List<ContextParameters> of(String conf, boolean insecureFileMode) {
    try (OscoreConf settings = OscoreConfFile.of(conf).read(insecureFileMode)) {
      return settings.parameters();
    }
  }
}
