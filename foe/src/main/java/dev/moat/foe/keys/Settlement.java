package dev.moat.foe.keys;

import dev.moat.bytes.Bytes;
import java.util.Set;

/**
 * What handshakes came to. Keys are known by a hash of the Master Secret.
 *
 * @param clients what clients hold
 * @param server what the server holds
 * @param foe what Foe holds
 * @param confirmed what clients hold and were shown that the other end holds, too
 * @param suites the suites of all sessions that an end was shown to be complete
 * @param halfOpen how many handshakes the server has under way
 */
public record Settlement(
    Set<Bytes> clients,
    Set<Bytes> server,
    Set<Bytes> foe,
    Set<Bytes> confirmed,
    Set<Integer> suites,
    int halfOpen) {
  /** Where nobody shook hands. */
  public static final Settlement NONE =
      new Settlement(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), 0);

  /** Keeps its own copies. */
  public Settlement {
    clients = Set.copyOf(clients);
    server = Set.copyOf(server);
    foe = Set.copyOf(foe);
    confirmed = Set.copyOf(confirmed);
    suites = Set.copyOf(suites);
  }

  /** True when Foe has keys that one of the others took for good. */
  public boolean isSharedWithFoe() {
    return foe.stream().anyMatch(key -> clients.contains(key) || server.contains(key));
  }

  /**
   * True when a client relies on keys that the server does not have. Keys that the other end may
   * lack are no harm as long as nobody relies on them: the last message may be lost.
   */
  public boolean isAtOdds() {
    return !server.containsAll(confirmed);
  }
}
