package dev.moat.oscore.filter;

import dev.moat.coap.service.Peer;
import dev.moat.oscore.context.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rule for requests on reliable and ordered transports: the Partial IV is the last one plus 1
 * (RFC 8613, Section 7.4), for each connection and security context. Owned by one event loop.
 *
 * <p>The replay window has accepted a request before this rule judges it, so that what is refused
 * here cannot come again either. After a gap the rule goes on from the newest number: one missing
 * request costs the one behind it, which is answered under protection, and not the connection.
 *
 * <p>The table is bounded: a connection that was forgotten is taken for a new one, whose first
 * request has to be newer than all before.
 */
final class SequenceOrder {
  private static final int MAX_ENTRIES = 16_384;

  private final Map<Key, Long> last = new LinkedHashMap<>(16, 0.75f, true);

  SequenceOrder() {}

  /**
   * Judges a verified request; empty when it is the next one, else the number that was due.
   *
   * @param connection whom it came from, with the association number of the connection
   */
  OptionalLong breach(Peer connection, SecurityContext context, long partialIv) {
    Key key = new Key(connection, context.association());
    @Nullable Long before = last.get(key);
    // With the window moved already, the newest number is that of a request newer than all others.
    long due = before == null ? context.replay().window().highest() : before + 1;
    if (before == null) {
      // Not the number itself: were it a stale one, the stale one behind it would be the next.
      remember(key, due);
    } else if (partialIv > before) {
      remember(key, partialIv);
    }
    return partialIv == due ? OptionalLong.empty() : OptionalLong.of(due);
  }

  private void remember(Key key, long partialIv) {
    last.put(key, partialIv);
    if (last.size() > MAX_ENTRIES) {
      var eldest = last.entrySet().iterator();
      var unused = eldest.next();
      eldest.remove();
    }
  }

  private record Key(Peer connection, long context) {}
}
