package dev.moat.foe.lab;

import dev.moat.coap.service.EventSink;
import dev.moat.foe.field.Field;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.net.VirtualField;
import dev.moat.foe.path.Transport;
import dev.moat.foe.relay.StreamField;
import dev.moat.foe.relay.UdpField;
import dev.moat.foe.run.Play;
import dev.moat.foe.run.Run;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.ServerSetting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays the cells of a table, several at once. A run that did not go as its ladder draws it,
 * because the machine had no time for it, shows nothing: it is played again with fewer beside it,
 * and at last alone. What still does not go as drawn is called that, whatever it came to.
 */
final class Cells {
  // In virtual time nothing waits, so that more threads would only compete.
  private static final int VIRTUAL_RUNS_AT_ONCE = 1;
  private static final int[] RUNS_AT_ONCE = {24, 3, 1};
  private static final int[] RUNS_WITH_HANDSHAKES_AT_ONCE = {10, 2, 1};
  private static final Duration VIRTUAL_LATENCY = Duration.ofMillis(1);
  private static final Duration THREE_METRES = Duration.ofNanos(5);
  private static final double TEN_METRES = 10;

  private final List<Cell> cells;
  private final Expectations expectations;
  private final long seed;
  private final Lab.Progress progress;
  private final AtomicInteger done = new AtomicInteger();

  Cells(List<Cell> cells, Expectations expectations, long seed, Lab.Progress progress) {
    this.cells = List.copyOf(cells);
    this.expectations = expectations;
    this.seed = seed;
    this.progress = progress;
  }

  /** All cells, in their order. Blocks until all is done. */
  List<LabRun> play() {
    Map<Cell, Run> runs = new LinkedHashMap<>();
    List<Cell> open = cells;
    for (int round = 0; round < RUNS_AT_ONCE.length && !open.isEmpty(); round++) {
      boolean last = round == RUNS_AT_ONCE.length - 1;
      runs.putAll(play(open, threads(open, round), last));
      open = open.stream().filter(cell -> isSpoilt(cell, runs)).toList();
    }
    return cells.stream().map(cell -> finished(cell, runs)).toList();
  }

  private static int threads(List<Cell> cells, int round) {
    boolean virtual = cells.stream().allMatch(cell -> cell.transport() == Transport.VIRTUAL);
    if (virtual) {
      return VIRTUAL_RUNS_AT_ONCE;
    }
    boolean shakesHands = cells.stream().anyMatch(cell -> !cell.transport().isPlainUdp());
    int most = (shakesHands ? RUNS_WITH_HANDSHAKES_AT_ONCE : RUNS_AT_ONCE)[round];
    return Math.min(most, cells.size());
  }

  /** In virtual time another try would be the same one. */
  private static boolean isSpoilt(Cell cell, Map<Cell, Run> runs) {
    Run run = runs.get(cell);
    return cell.transport() != Transport.VIRTUAL && run != null && run.disturbance().isPresent();
  }

  private Map<Cell, Run> play(List<Cell> some, int atOnce, boolean last) {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      Map<Cell, Future<Run>> running = new LinkedHashMap<>();
      for (Cell cell : some) {
        running.put(cell, threads.submit(() -> play(cell, last)));
      }
      return results(running);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Map<Cell, Run> results(Map<Cell, Future<Run>> running) {
    Map<Cell, Run> runs = new LinkedHashMap<>();
    try {
      for (Map.Entry<Cell, Future<Run>> one : running.entrySet()) {
        runs.put(one.getKey(), one.getValue().get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while attacks were under way", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a run failed", failed.getCause());
    }
    return runs;
  }

  private Run play(Cell cell, boolean last) {
    try (Field field = field(cell)) {
      Run run = Play.of(cell.scenario, cell.column.stack(), field, seed);
      if (last || !isSpoilt(cell, Map.of(cell, run))) {
        progress.onFinished(labRun(cell, run), done.incrementAndGet(), cells.size());
      }
      return run;
    }
  }

  private static Field field(Cell cell) {
    Transport transport = cell.transport();
    if (transport == Transport.VIRTUAL) {
      boolean isCarKey = cell.scenario.cast().server().kind() == ServerSetting.Kind.KEY;
      return new VirtualField(isCarKey ? THREE_METRES : VIRTUAL_LATENCY, TEN_METRES);
    }
    return transport.isOrdered()
        ? new StreamField(transport, EventSink.NONE)
        : new UdpField(transport, EventSink.NONE);
  }

  private LabRun finished(Cell cell, Map<Cell, Run> runs) {
    Run run = runs.get(cell);
    if (run == null) {
      throw new IllegalStateException("a cell was not played");
    }
    return labRun(cell, run);
  }

  private LabRun labRun(Cell cell, Run run) {
    Verdict verdict =
        isSpoilt(cell, Map.of(cell, run))
            ? new Verdict.NotApplicable(
                "could not be played as drawn: " + run.disturbance().orElse(""))
            : run.verdict();
    return new LabRun(
        cell.scenario,
        cell.column,
        verdict,
        expectations.of(cell.scenario.id(), cell.column.stack().name(), cell.transport()),
        run.trace());
  }

  /** One scenario against one column. */
  record Cell(Scenario scenario, Column column) {
    Transport transport() {
      return column.transport();
    }
  }
}
