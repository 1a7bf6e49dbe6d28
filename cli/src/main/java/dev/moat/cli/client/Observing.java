package dev.moat.cli.client;

import dev.moat.cli.console.Exit;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows an observation (RFC 7641) until its time is over, the server ends it, or the user
 * interrupts.
 */
final class Observing {
  private static final int MAX_WAITING = 1024;
  private static final double NANOS = 1e9;

  private final OutcomeReport report;
  private final double seconds;
  private final Runnable hangUp;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(MAX_WAITING);

  /**
   * An observation.
   *
   * @param seconds how long; null for without end
   * @param hangUp sends what is left to send and closes the socket
   */
  Observing(OutcomeReport report, @Nullable Double seconds, Runnable hangUp) {
    this.report = report;
    this.hangUp = hangUp;
    this.seconds = seconds == null ? Double.POSITIVE_INFINITY : seconds;
  }

  /** Tells of the first response and of every notification; gives the exit status. */
  int follow(Reply.Observed observed) {
    report.tellNotification(observed.first());
    observed.notifications().subscribe(new Ear());
    // Ctrl-C: say goodbye to the server, so that it need not find out by a timeout.
    Thread goodbye = new Thread(() -> goodbye(observed.notifications()), "moat-goodbye");
    Runtime.getRuntime().addShutdownHook(goodbye);
    try {
      return listen(observed.notifications());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    } finally {
      boolean unused = removeHook(goodbye);
    }
  }

  private void goodbye(Notifications notifications) {
    notifications.cancel();
    hangUp.run();
  }

  private int listen(Notifications notifications) throws InterruptedException {
    long deadline = System.nanoTime() + (long) Math.min(seconds * NANOS, Long.MAX_VALUE / 2.0);
    while (true) {
      Heard next = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        notifications.cancel();
        return Exit.OK;
      }
      if (next instanceof Heard.Ended ended) {
        return ended(ended.reason());
      }
      report.tellNotification(((Heard.State) next).response());
    }
  }

  private int ended(Notifications.End reason) {
    if (reason == Notifications.End.CANCELLED) {
      return Exit.OK;
    }
    report
        .console()
        .error(
            "the observation ended: " + words(reason),
            "Read the resource with: moat get '"
                + report.target().uri()
                + "', then observe again.");
    return Exit.FAILED;
  }

  private static String words(Notifications.End reason) {
    return switch (reason) {
      case CANCELLED -> "it was cancelled";
      case RESET -> "it was reset";
      case SILENT -> "the server was not heard of for too long";
      case RESOURCE_ENDED -> "the resource is gone or answered with an error";
      case REPLACED -> "another observation took its place";
      case CONNECTION_LOST -> "the connection ended";
      case EVICTED -> "a limit was reached, or the endpoint closed";
    };
  }

  /** False during a shutdown, when the hook is running already. */
  private static boolean removeHook(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      return false;
    }
  }

  /**
   * Called on the event loop: hands over, and prefers newer states when the printer cannot keep up.
   */
  private final class Ear implements Notifications.Listener {
    @Override
    public void onNotification(Response notification) {
      hand(new Heard.State(notification));
    }

    @Override
    public void onEnd(Notifications.End reason) {
      hand(new Heard.Ended(reason));
    }

    private void hand(Heard next) {
      while (!heard.offer(next)) {
        Heard unused = heard.poll();
      }
    }
  }

  private sealed interface Heard {
    record State(Response response) implements Heard {}

    record Ended(Notifications.End reason) implements Heard {}
  }
}
