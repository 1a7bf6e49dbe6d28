package dev.moat.cli.console;

/** The exit statuses of every command. */
public final class Exit {
  /** Success: the response was a 2.xx, every case passed, every verdict was met. */
  public static final int OK = 0;

  /** Failure: an error response, no response, a malformed message, a failed case. */
  public static final int FAILED = 1;

  /** The command line was wrong. */
  public static final int USAGE = 2;

  private Exit() {}
}
