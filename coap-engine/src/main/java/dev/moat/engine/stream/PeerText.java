package dev.moat.engine.stream;

import dev.moat.coap.service.ForeignText;
import dev.moat.coap.signal.Signal;

/** What a peer says of a connection, as sentences for people. */
public final class PeerText {
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
          .forEach(address -> sentence.append(' ').append(ForeignText.printable(address)));
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
    return diagnostic.isEmpty() ? "" : ": '" + ForeignText.printable(diagnostic) + "'";
  }
}
