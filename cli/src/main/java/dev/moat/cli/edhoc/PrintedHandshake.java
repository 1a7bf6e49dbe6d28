package dev.moat.cli.edhoc;

import dev.moat.cli.console.Console;
import dev.moat.edhoc.coap.HandshakeEvent;

/**
 * Tells the person in front.
 *
 * @param console where
 * @param verbosity from 1 on, completed sessions; from 2 on, every event
 * @param secrets true to print what OSCORE begins with
 */
record PrintedHandshake(Console console, int verbosity, boolean secrets) implements Told {
  private static final int EVENTS = 2;

  @Override
  public void completed(SessionReport report) {
    if (verbosity > 0 || secrets) {
      console.note(report.line());
    }
    if (secrets) {
      report.secrets().forEach(console::note);
    }
  }

  @Override
  public void event(HandshakeEvent event) {
    if (verbosity >= EVENTS) {
      console.note("  event: " + event.describe());
    }
  }
}
