package dev.moat.foe.lab;

import dev.moat.coap.service.EventSink;
import dev.moat.foe.field.Field;
import dev.moat.foe.net.VirtualField;
import dev.moat.foe.relay.UdpField;
import dev.moat.foe.run.Play;
import dev.moat.foe.run.Run;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.ServerSetting;
import dev.moat.foe.stack.MoatStacks;
import dev.moat.foe.stack.StackUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Plays scenarios against stacks. Each combination has two endpoints, a Foe and a judge of its own.
 *
 * <pre>{@code
 * LabResult result = Lab.standard().figure("3").run(Lab.Transport.UDP, Lab.Progress.NONE);
 * }</pre>
 */
public final class Lab {
  private static final int PARALLEL_RUNS = 24;
  private static final Duration VIRTUAL_LATENCY = Duration.ofMillis(1);
  private static final Duration THREE_METRES = Duration.ofNanos(5);
  private static final double TEN_METRES = 10;

  private final List<Scenario> scenarios;
  private final List<StackUnderTest> stacks;
  private final Expectations expectations;
  private final long seed;

  private Lab(
      List<Scenario> scenarios, List<StackUnderTest> stacks, Expectations expectations, long seed) {
    this.scenarios = List.copyOf(scenarios);
    this.stacks = List.copyOf(stacks);
    this.expectations = expectations;
    this.seed = seed;
  }

  /**
   * All scenarios that come with the lab, all stacks, and the verdicts that are expected of them.
   */
  public static Lab standard() {
    return new Lab(Library.scenarios(), MoatStacks.all(), Library.expectations(), 1);
  }

  /**
   * This lab with one scenario in place of all others; nothing is expected of it unless its id is a
   * known one.
   */
  public Lab only(Scenario scenario) {
    return new Lab(List.of(scenario), stacks, expectations, seed);
  }

  /** This lab with one stack in place of all others. */
  public Lab only(StackUnderTest stack) {
    return new Lab(scenarios, List.of(stack), expectations, seed);
  }

  /**
   * This lab with one figure, in all its variants, or with all attacks on handshakes by the name of
   * edhoc.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Lab figure(String figure) {
    List<Scenario> chosen =
        chosen(scenarios, s -> s.isFigure(figure), "figure " + figure, Scenario::id);
    return new Lab(chosen, stacks, expectations, seed).withCells();
  }

  /**
   * This lab with one stack, or where none has just this name with one family such as rfc9175.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Lab stack(String name) {
    boolean isStack = stacks.stream().anyMatch(s -> s.name().equals(name));
    Predicate<StackUnderTest> wanted =
        s -> isStack ? s.name().equals(name) : s.name().startsWith(name + ":");
    List<StackUnderTest> chosen = chosen(stacks, wanted, "stack " + name, StackUnderTest::name);
    return new Lab(scenarios, chosen, expectations, seed).withCells();
  }

  private Lab withCells() {
    if (cells().isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to play: attacks on handshakes are for stacks that have one, such as"
              + " moat:oscore, and edhoc:lax is for nothing else");
    }
    return this;
  }

  private static <T> List<T> chosen(
      List<T> all, Predicate<T> wanted, String what, Function<T, String> name) {
    List<T> chosen = all.stream().filter(wanted).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no " + what + "; there are " + String.join(", ", all.stream().map(name).toList()));
    }
    return chosen;
  }

  /** This lab with another seed: the same seed in virtual time gives the same run. */
  public Lab seed(long newSeed) {
    return new Lab(scenarios, stacks, expectations, newSeed);
  }

  /** The rows. */
  public List<Scenario> scenarios() {
    return scenarios;
  }

  /** The columns. */
  public List<StackUnderTest> stacks() {
    return stacks;
  }

  /** Plays everything. Blocks until all is done. */
  public LabResult run(Transport transport, Progress progress) {
    List<Cell> cells = cells();
    int total = cells.size();
    AtomicInteger done = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            transport == Transport.UDP ? Math.max(1, Math.min(PARALLEL_RUNS, total)) : 1);
    try {
      List<Future<LabRun>> running = new ArrayList<>();
      for (Cell cell : cells) {
        running.add(
            threads.submit(
                () -> {
                  LabRun run = play(cell.scenario, cell.stack, transport);
                  progress.onFinished(run, done.incrementAndGet(), total);
                  return run;
                }));
      }
      return new LabResult(scenarios, stacks, results(running));
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Cell> cells() {
    return scenarios.stream()
        .flatMap(scenario -> stacks.stream().map(stack -> new Cell(scenario, stack)))
        .filter(cell -> cell.stack.hasPartIn(cell.scenario))
        .toList();
  }

  private static List<LabRun> results(List<Future<LabRun>> running) {
    List<LabRun> runs = new ArrayList<>();
    try {
      for (Future<LabRun> future : running) {
        runs.add(future.get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while attacks were under way", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a run failed", failed.getCause());
    }
    return runs;
  }

  private LabRun play(Scenario scenario, StackUnderTest stack, Transport transport) {
    try (Field field = field(scenario, transport)) {
      Run run = Play.of(scenario, stack, field, seed);
      return new LabRun(
          scenario,
          stack,
          transport.word(),
          run.verdict(),
          expectations.of(scenario.id(), stack.name()),
          run.trace());
    }
  }

  private static Field field(Scenario scenario, Transport transport) {
    if (transport == Transport.UDP) {
      return new UdpField(EventSink.NONE);
    }
    boolean isCarKey = scenario.cast().server().kind() == ServerSetting.Kind.KEY;
    return new VirtualField(isCarKey ? THREE_METRES : VIRTUAL_LATENCY, TEN_METRES);
  }

  private record Cell(Scenario scenario, StackUnderTest stack) {}

  /** Where the attacks take place. */
  public enum Transport {
    /** Real UDP sockets on the loopback interface, in real time. */
    UDP("udp"),
    /** The same endpoints in virtual time. */
    VIRTUAL("virtual");

    private final String word;

    Transport(String word) {
      this.word = word;
    }

    /** The name in tables and JSON. */
    public String word() {
      return word;
    }
  }

  /** Told of each run that is through, perhaps by several threads at once. */
  @FunctionalInterface
  public interface Progress {
    /** Tells nobody. */
    Progress NONE = (run, done, total) -> {};

    /** One more run is through. */
    void onFinished(LabRun run, int done, int total);
  }
}
