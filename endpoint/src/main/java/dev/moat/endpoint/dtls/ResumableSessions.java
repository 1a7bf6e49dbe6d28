package dev.moat.endpoint.dtls;

import java.util.concurrent.TimeUnit;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.InMemorySessionStore;
import org.eclipse.californium.scandium.dtls.SessionId;
import org.eclipse.californium.scandium.dtls.SessionStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that clients may resume at this server, when their connections are gone: so many,
 * the least recently used making room, and none for longer than a day (RFC 5246, Appendix F.1.4).
 */
final class ResumableSessions implements SessionStore {
  private static final long LIFETIME_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final InMemorySessionStore kept;

  ResumableSessions(int capacity) {
    kept = new InMemorySessionStore(capacity, 0);
  }

  @Override
  public void put(DTLSSession session) {
    kept.put(session);
  }

  @Override
  public @Nullable DTLSSession get(SessionId id) {
    DTLSSession session = kept.get(id);
    if (session != null
        && System.currentTimeMillis() - session.getCreationTime() > LIFETIME_MILLIS) {
      kept.remove(id);
      return null;
    }
    return session;
  }

  @Override
  public void remove(SessionId id) {
    kept.remove(id);
  }
}
