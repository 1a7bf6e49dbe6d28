package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens by RFC 9175, Section 4.2: a counter for each peer, hence for each security association,
 * from zero, never reused, never empty.
 *
 * <p>Without security the counter follows four random octets, because an off-path attacker who
 * guesses a token can forge a response (RFC 7252, Section 5.3.1). The random octets are on top of
 * uniqueness, which does not depend on them for the first 2^32 requests to a peer. Beyond that (187
 * days at the rate that Message IDs allow) the counter takes room from them, and two tokens of 8
 * octets could then be equal by a chance of 2^-32.
 *
 * <p>The table of counters is bounded. When a counter must make room, every counter made later
 * starts above it, so a peer that comes back is never given an old token.
 */
public final class SequentialTokens implements TokenSource {
  private static final int MAX_COUNTERS = 4_096;
  private static final int RANDOM_OCTETS = 4;
  private static final int TOKEN_OCTETS = 8;

  private final RandomSource random;
  private final Map<Peer, Counter> counters = new LinkedHashMap<>(16, 0.75f, true);
  private long floor;

  /** Starts with no counters; {@code random} supplies the octets for peers without security. */
  public SequentialTokens(RandomSource random) {
    this.random = random;
  }

  @Override
  public Bytes next(Request request) {
    Peer peer = request.peer();
    long number = counter(peer).next++;
    Bytes counted = number == 0 ? Bytes.of(0) : Bytes.uint(number);
    if (peer.association() != 0) {
      return counted;
    }
    return random.bytes(Math.min(RANDOM_OCTETS, TOKEN_OCTETS - counted.length())).plus(counted);
  }

  private Counter counter(Peer peer) {
    Counter known = counters.get(peer);
    if (known != null) {
      return known;
    }
    if (counters.size() >= MAX_COUNTERS) {
      forgetLeastRecentlyUsed();
    }
    Counter fresh = new Counter(floor);
    counters.put(peer, fresh);
    return fresh;
  }

  private void forgetLeastRecentlyUsed() {
    var eldest = counters.entrySet().iterator();
    floor = Math.max(floor, eldest.next().getValue().next);
    eldest.remove();
  }

  private static final class Counter {
    private long next;

    private Counter(long first) {
      next = first;
    }
  }
}
