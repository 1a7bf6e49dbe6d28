package dev.moat.cli.edhoc;

import java.util.List;
import java.util.regex.Pattern;

/** Paths of EDHOC resources as options name them. */
final class EdhocPaths {
  private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._~-]{1,64}){1,8}");

  private EdhocPaths() {}

  /**
   * Refuses what is no path.
   *
   * @throws IllegalArgumentException when one is not
   */
  static void check(List<String> paths) {
    for (String path : paths) {
      if (!FORM.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "--edhoc-path takes a path such as /e, not '" + path + "'");
      }
    }
  }
}
