package dev.moat.cli.console;

import picocli.CommandLine.Option;

/**
 * {@code --help} alone, for commands where {@code -h} is libcoap's identity hint; picocli fills it
 * in.
 */
public final class HelpFlag {
  @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
  private boolean wanted;

  /** Created by picocli. */
  public HelpFlag() {}

  /** True when help was asked for; picocli has shown it then. */
  public boolean isWanted() {
    return wanted;
  }
}
