package dev.moat.engine.stream;

import dev.moat.coap.signal.Signal;

/** Words of a peer, made fit to be shown: short, on one line, without control characters. */
public final class PeerText {
  private static final int MAX_CHARACTERS = 120;
  private static final int MAX_ADDRESSES = 3;

  private PeerText() {}

  /** What a Release says, as a sentence (RFC 8323, Section 5.5). */
  public static String of(Signal.Release release) {
    StringBuilder sentence = new StringBuilder("the peer released the connection");
    sentence.append(quoted(release.diagnostic()));
    if (!release.alternativeAddresses().isEmpty()) {
      sentence.append(", and asks to connect to");
      release.alternativeAddresses().stream()
          .limit(MAX_ADDRESSES)
          .forEach(address -> sentence.append(' ').append(printable(address)));
      sentence.append(" instead");
    }
    if (release.holdOffSeconds().isPresent()) {
      sentence
          .append(", and not to reconnect for ")
          .append(release.holdOffSeconds().getAsLong())
          .append(" s");
    }
    return sentence.toString();
  }

  /** A diagnostic in quotes behind a colon; empty for none. */
  static String quoted(String diagnostic) {
    return diagnostic.isEmpty() ? "" : ": '" + printable(diagnostic) + "'";
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_CHARACTERS)
        .forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '?'));
    return shown.toString();
  }

  /** Also without what turns the direction of writing around. */
  private static boolean isPlain(int c) {
    return Character.isLetterOrDigit(c) || (c >= ' ' && c <= '~');
  }
}
