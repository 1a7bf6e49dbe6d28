package dev.moat.foe.lab;

import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.MoatStacks;
import dev.moat.foe.stack.StackUnderTest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Plays scenarios against stacks. Each combination has two endpoints, a Foe and a judge of its own.
 *
 * <pre>{@code
 * LabResult result = Lab.standard().figure("3").run(Lab.Progress.NONE);
 * }</pre>
 */
public final class Lab {
  private final List<Scenario> scenarios;
  private final List<Column> columns;
  private final Expectations expectations;
  private final long seed;

  private Lab(
      List<Scenario> scenarios, List<Column> columns, Expectations expectations, long seed) {
    this.scenarios = List.copyOf(scenarios);
    this.columns = List.copyOf(columns);
    this.expectations = expectations;
    this.seed = seed;
  }

  /**
   * All scenarios that come with the lab, all stacks over UDP, and the verdicts that are expected
   * of them.
   */
  public static Lab standard() {
    return of(Library.scenarios(), over(Transport.UDP, MoatStacks.all()));
  }

  /**
   * The matrix: the draft's figures against a stack without remedies and Moat, over every
   * transport, with OSCORE inside and without.
   */
  public static Lab matrix() {
    List<Scenario> figures =
        Library.scenarios().stream().filter(Scenario::isOfEveryTransport).toList();
    return of(
        figures,
        columns(
            Stream.of(
                over(Transport.UDP, named(Column.PLAIN)),
                over(Transport.DTLS_PSK, named(Column.PLAIN)),
                over(Transport.DTLS_X509_CID, named(Column.PLAIN)),
                over(Transport.TLS, named(Column.PLAIN)),
                over(Transport.TCP, named(Column.PLAIN)),
                over(Transport.WSS, named(Column.PLAIN)),
                over(Transport.UDP, named(Column.UNDER_OSCORE)),
                over(Transport.DTLS_PSK, named(Column.UNDER_OSCORE)),
                over(Transport.TCP, named(Column.UNDER_OSCORE)))));
  }

  /** All stacks over UDP, and the columns of the matrix that tell most beside them. */
  public static Lab telling() {
    return of(
        Library.scenarios(),
        columns(
            Stream.of(
                standard().columns,
                over(Transport.DTLS_PSK, named(Column.PLAIN)),
                over(Transport.TLS, named(Set.of("moat"))))));
  }

  /** Everything: all stacks over UDP, and the matrix. */
  public static Lab all() {
    return of(Library.scenarios(), columns(Stream.of(standard().columns, matrix().columns)));
  }

  private static Lab of(List<Scenario> scenarios, List<Column> columns) {
    return new Lab(scenarios, columns, Library.expectations(), 1);
  }

  private static List<Column> over(Transport transport, List<StackUnderTest> stacks) {
    return stacks.stream().map(stack -> new Column(stack, transport)).toList();
  }

  private static List<StackUnderTest> named(Set<String> names) {
    return MoatStacks.all().stream().filter(stack -> names.contains(stack.name())).toList();
  }

  private static List<Column> columns(Stream<List<Column>> parts) {
    return parts.flatMap(List::stream).distinct().toList();
  }

  /**
   * This lab with one scenario in place of all others; nothing is expected of it unless its id is a
   * known one.
   */
  public Lab only(Scenario scenario) {
    return new Lab(List.of(scenario), columns, expectations, seed);
  }

  /** This lab with one stack in place of all others, over each of its transports. */
  public Lab only(StackUnderTest stack) {
    List<Column> other =
        columns.stream()
            .map(Column::transport)
            .distinct()
            .map(transport -> new Column(stack, transport))
            .toList();
    return new Lab(scenarios, other, expectations, seed);
  }

  /** This lab with all its stacks over another transport. */
  public Lab over(Transport transport) {
    return new Lab(scenarios, over(transport, stacks()), expectations, seed);
  }

  /**
   * This lab with the columns of one transport, such as tls.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Lab transport(String word) {
    List<Column> chosen =
        chosen(
            columns,
            column -> column.transport().word().equals(word),
            "transport " + word,
            column -> column.transport().word());
    return new Lab(scenarios, chosen, expectations, seed).withCells();
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
    return new Lab(chosen, columns, expectations, seed).withCells();
  }

  /**
   * This lab with one stack, or where none has just this name with one family such as rfc9175.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Lab stack(String name) {
    boolean isStack = columns.stream().anyMatch(c -> c.stack().name().equals(name));
    Predicate<Column> wanted =
        c -> isStack ? c.stack().name().equals(name) : c.stack().name().startsWith(name + ":");
    List<Column> chosen = chosen(columns, wanted, "stack " + name, c -> c.stack().name());
    return new Lab(scenarios, chosen, expectations, seed).withCells();
  }

  private Lab withCells() {
    if (cells().isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to play: attacks on handshakes are for stacks that have one, such as"
              + " moat:oscore, and edhoc:lax is for nothing else; of both only over udp");
    }
    return this;
  }

  private static <T> List<T> chosen(
      List<T> all, Predicate<T> wanted, String what, Function<T, String> name) {
    List<T> chosen = all.stream().filter(wanted).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no "
              + what
              + "; there are "
              + String.join(", ", all.stream().map(name).distinct().toList()));
    }
    return chosen;
  }

  /** This lab with another seed: the same seed in virtual time gives the same run. */
  public Lab seed(long newSeed) {
    return new Lab(scenarios, columns, expectations, newSeed);
  }

  /** The rows. */
  public List<Scenario> scenarios() {
    return scenarios;
  }

  /** The columns. */
  public List<Column> columns() {
    return columns;
  }

  /** The stacks of the columns. */
  public List<StackUnderTest> stacks() {
    return columns.stream().map(Column::stack).distinct().toList();
  }

  /** The transports of the columns. */
  public List<Transport> transports() {
    return columns.stream().map(Column::transport).distinct().toList();
  }

  /** Plays everything over {@code transport}. Blocks until all is done. */
  public LabResult run(Transport transport, Progress progress) {
    return over(transport).run(progress);
  }

  /** Plays everything. Blocks until all is done. */
  public LabResult run(Progress progress) {
    List<LabRun> runs = new Cells(cells(), expectations, seed, progress).play();
    return new LabResult(scenarios, columns, runs);
  }

  private List<Cells.Cell> cells() {
    return scenarios.stream()
        .flatMap(scenario -> columns.stream().map(column -> new Cells.Cell(scenario, column)))
        .filter(cell -> cell.column().hasPartIn(cell.scenario()))
        .toList();
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
