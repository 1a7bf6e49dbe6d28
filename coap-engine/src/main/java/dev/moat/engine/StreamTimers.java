package dev.moat.engine;

import dev.moat.engine.reliability.Deadline;
import dev.moat.engine.reliability.Deadlines;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The timers of connections. */
final class StreamTimers {
  private final Deadlines deadlines;
  private final Expiry expiry;

  StreamTimers(Deadlines deadlines, Expiry expiry) {
    this.deadlines = deadlines;
    this.expiry = expiry;
  }

  OfLink of(StreamLink link) {
    return new OfLink(link);
  }

  /** What a timer is for. */
  enum Purpose {
    /** The peer's first CSM. */
    CSM,
    /** The end of a message that has begun. */
    MESSAGE,
    /** That the peer reads. */
    STALL,
    /** Any octet from the peer. */
    IDLE,
    /** The end after a Release. */
    GOODBYE
  }

  /** Who is told. */
  @FunctionalInterface
  interface Expiry {
    void expired(StreamLink link, Purpose purpose, long nowNanos);
  }

  /** The timers of one connection. */
  final class OfLink {
    private final StreamLink link;
    private final Map<Purpose, Deadline> set = new EnumMap<>(Purpose.class);

    private OfLink(StreamLink link) {
      this.link = link;
    }

    /** Sets a timer, or moves it. */
    void set(Purpose purpose, long atNanos) {
      deadlines.set(set.computeIfAbsent(purpose, p -> new Timer(link, p)), atNanos);
    }

    boolean isSet(Purpose purpose) {
      @Nullable Deadline deadline = set.get(purpose);
      return deadline != null && deadline.isSet();
    }

    void clear(Purpose purpose) {
      @Nullable Deadline deadline = set.get(purpose);
      if (deadline != null) {
        deadlines.clear(deadline);
      }
    }

    void clearAll() {
      set.values().forEach(deadlines::clear);
    }
  }

  private final class Timer extends Deadline {
    private final StreamLink link;
    private final Purpose purpose;

    private Timer(StreamLink link, Purpose purpose) {
      this.link = link;
      this.purpose = purpose;
    }

    @Override
    protected void expired(long nowNanos) {
      expiry.expired(link, purpose, nowNanos);
    }
  }
}
