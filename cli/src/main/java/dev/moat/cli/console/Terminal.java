package dev.moat.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a person looks at a standard stream. The JDK tells only of both at once, so Linux is
 * asked directly.
 */
public final class Terminal {
  private static final int OUT = 1;
  private static final int ERR = 2;

  private Terminal() {}

  /**
   * True when results may be coloured: standard output is a terminal and {@code NO_COLOR} is not
   * set.
   */
  public static boolean colouredOut() {
    return coloursWanted() && isTerminal(OUT);
  }

  /**
   * True when errors may be coloured: standard error is a terminal and {@code NO_COLOR} is not set.
   */
  public static boolean colouredErr() {
    return coloursWanted() && isTerminal(ERR);
  }

  /** True when progress may be shown: standard error is a terminal. */
  public static boolean showsProgress() {
    return isTerminal(ERR);
  }

  /** See no-color.org: any value that is not empty turns colours off. */
  private static boolean coloursWanted() {
    String noColor = System.getenv("NO_COLOR");
    return (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // No /proc here: better no colours than escapes in a file.
      return false;
    }
  }
}
