package dev.moat.endpoint.stream;

import dev.moat.coap.service.EventSink;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Lets connections in as {@link Admission} says, and reports who is turned away. */
final class Gatekeeper {
  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

  private final StreamLoop loop;
  private final EventSink events;
  private long unreported;
  private long reportedNanos = System.nanoTime() - REPORT_NANOS;

  Gatekeeper(StreamLoop loop, EventSink events) {
    this.loop = loop;
    this.events = events;
  }

  /** True when the link may stay; somebody else may have had to go for it. */
  boolean admits(Link link, InetAddress from) {
    Admission.Answer<Link> answer = loop.links().admission().ask(link, from);
    answer
        .evicted()
        .ifPresent(old -> loop.links().dropped(old, "it made room for a newer connection"));
    Optional<String> refusal = answer.refusal();
    refusal.ifPresent(sentence -> report(link, sentence));
    return refusal.isEmpty();
  }

  /** A flood of connections must not become a flood of log lines: one event a second. */
  private void report(Link link, String sentence) {
    long now = System.nanoTime();
    if (now - reportedNanos < REPORT_NANOS) {
      unreported++;
      return;
    }
    reportedNanos = now;
    events.emit(new StreamEvent.ConnectionRefused(link.peer(), sentence, unreported));
    unreported = 0;
  }
}
