package dev.moat.endpoint.stream;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.endpoint.stack.StreamProtocol;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The event loop and the protocol that it alone calls.
 *
 * <p>The clock is read once per batch of what one connection brings, and what the batch produced is
 * flushed together. Nothing that arrives can end the loop: a fault costs the connection that caused
 * it.
 */
final class StreamLoop implements EndpointLoop {
  private final EventLoop eventLoop;
  private final StreamProtocol protocol;
  private final Turns turns;
  private final Links links;
  private final StreamProtocol.Outgoing outgoing = new Sender();
  private final Set<Link> unflushed = new LinkedHashSet<>();
  private long nowNanos;
  private boolean inBatch;
  private boolean closed;
  private long armedNanos = Long.MAX_VALUE;
  private @Nullable Future<?> timer;

  StreamLoop(
      EventLoop eventLoop,
      StreamConfig config,
      Function<LoopGate, StreamProtocol> protocols,
      EventSink events) {
    this.eventLoop = eventLoop;
    this.turns = new Turns(events);
    this.protocol = protocols.apply(this);
    this.links = new Links(this, config, events);
  }

  @Override
  public boolean isOwner() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(() -> turn("a task", null, task));
  }

  @Override
  public long nowNanos(long ofEvent) {
    return System.nanoTime();
  }

  @Override
  public void execute(TimedTask task) {
    execute(() -> task.run(nowNanos));
  }

  @Override
  public Future<?> schedule(Duration delay, Runnable task) {
    return eventLoop.schedule(
        () -> turn("a scheduled task", null, task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  StreamProtocol protocol() {
    return protocol;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  Links links() {
    return links;
  }

  boolean isClosed() {
    return closed;
  }

  /** The time of the turn that is going on. */
  long nowNanos() {
    return nowNanos;
  }

  /** Lets time pass for the protocol, runs the task, sends what came of it. */
  void turn(String what, @Nullable Link link, Runnable task) {
    turns.run(
        what,
        link,
        () -> {
          nowNanos = System.nanoTime();
          protocol.onTimeout(nowNanos);
          task.run();
        });
    finish();
  }

  /** Hands on a part of a batch, all parts with one time; {@link #batchEnded} sends what came. */
  void inBatch(Link link, Runnable task) {
    if (!inBatch) {
      inBatch = true;
      nowNanos = System.nanoTime();
    }
    turns.run(
        "octets",
        link,
        () -> {
          task.run();
          protocol.drainTo(outgoing);
        });
  }

  /** No more is there to be read for now. */
  void batchEnded() {
    if (inBatch) {
      inBatch = false;
      finish();
    }
  }

  /** Concludes everything and lets what that produced leave; on the loop, once. */
  void concludeProtocol() {
    if (!closed) {
      closed = true;
      turn("closing", null, () -> protocol.close(nowNanos));
      disarm();
    }
  }

  private void finish() {
    turns.run("sending", null, this::drainAndFlush);
  }

  private void drainAndFlush() {
    try {
      protocol.drainTo(outgoing);
    } finally {
      unflushed.forEach(link -> link.channel().flush());
      unflushed.clear();
      arm();
    }
  }

  private void arm() {
    long next = closed ? Long.MAX_VALUE : protocol.nextTimeoutNanos();
    // An earlier wake-up that is already armed will look again; most requests need no new one.
    if (next >= armedNanos) {
      return;
    }
    disarm();
    armedNanos = next;
    timer = eventLoop.schedule(this::onTimer, Math.max(0, next - nowNanos), TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    armedNanos = Long.MAX_VALUE;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void onTimer() {
    armedNanos = Long.MAX_VALUE;
    timer = null;
    if (!closed) {
      turn("a timeout", null, () -> {});
    }
  }

  /** What is meant for a connection that is gone, or going, leaves on no other one. */
  private final class Sender implements StreamProtocol.Outgoing {
    @Override
    public void send(Peer to, Bytes octets) {
      Link link = links.open(to);
      if (link != null && links.hasRoomFor(octets, link)) {
        link.write(octets);
        boolean unused = unflushed.add(link);
      }
    }

    @Override
    public void disconnect(Peer peer) {
      Link link = links.open(peer);
      if (link != null) {
        link.finish();
      }
    }
  }
}
