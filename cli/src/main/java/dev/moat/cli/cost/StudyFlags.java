package dev.moat.cli.cost;

import dev.moat.cost.measure.EdhocShapes;
import dev.moat.cost.study.FormationPlan;
import dev.moat.cost.study.RadioSettings;
import dev.moat.cost.study.StudyPlan;
import dev.moat.radio.sixtisch.Slotframe;
import dev.moat.radio.sixtisch.sim.FormationCell;
import dev.moat.radio.sixtisch.sim.FormationTopology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a whole study simulates, and where its page goes; picocli fills it in. */
final class StudyFlags {
  private static final int MAX_NODES = 10_000;
  private static final int MANY_NODES = 200;
  private static final int SLOT_MICROS = 10_000;

  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      description = "How many nodes join in simulation, up to 10000; the default is 5,10,20,50.")
  private @Nullable List<Integer> nodes;

  @Option(
      names = "--slotframe",
      paramLabel = "SLOTS",
      description = "Time slots of 10 ms in a slotframe; the default is 101.")
  private @Nullable Integer slots;

  @Option(
      names = "--pdr",
      paramLabel = "RATIO",
      description = "Which part of the frames arrives, above 0; the default is 1.")
  private @Nullable Double deliveryRatio;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "The simulation's seed: the same gives the same. The default is 1.")
  private @Nullable Long seed;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts, which needs no network, over what was there.")
  private @Nullable Path html;

  /** Created by picocli. */
  StudyFlags() {}

  /** Where the page goes, if one is wanted. */
  Optional<Path> html() {
    return Optional.ofNullable(html);
  }

  /**
   * Refuses options that would do nothing where no study runs.
   *
   * @throws IllegalArgumentException when there is one
   */
  void requireNone() {
    boolean any =
        Stream.of(
                Optional.ofNullable(nodes),
                Optional.ofNullable(slots),
                Optional.ofNullable(deliveryRatio),
                Optional.ofNullable(seed),
                html())
            .anyMatch(Optional::isPresent);
    if (any) {
      throw new IllegalArgumentException(
          "--nodes, --slotframe, --pdr, --seed and --html are of the whole study; leave out --pcap,"
              + " --octets and --credentials");
    }
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException naming what is out of its range
   */
  StudyPlan plan(RadioSettings settings) {
    html().ifPresent(StudyFlags::requireWritable);
    StudyPlan usual = StudyPlan.usual(EdhocShapes.standard());
    return new StudyPlan(settings, usual.shapes(), usual.parallel(), formation());
  }

  private static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable = folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (Files.isDirectory(file) || !writable) {
      throw new IllegalArgumentException(
          "--html is a file in a folder that can be written, not " + file);
    }
  }

  private FormationPlan formation() {
    FormationPlan usual = FormationPlan.usual();
    List<Integer> joining = Objects.requireNonNullElse(nodes, usual.nodes());
    for (int one : joining) {
      if (one < 1 || one > MAX_NODES) {
        throw new IllegalArgumentException("--nodes are 1 to " + MAX_NODES + ", not " + one);
      }
    }
    boolean many = joining.stream().anyMatch(one -> one > MANY_NODES);
    return new FormationPlan(
        joining,
        FormationTopology.fullyMeshed(),
        cell(usual.cell()),
        many ? 1 : usual.seeds(),
        Objects.requireNonNullElse(seed, usual.seed()));
  }

  private FormationCell cell(FormationCell usual) {
    Slotframe slotframe = slots == null ? usual.slotframe() : new Slotframe(slots, SLOT_MICROS);
    return new FormationCell(
        slotframe,
        usual.mac(),
        usual.timers(),
        usual.beacons(),
        Objects.requireNonNullElse(deliveryRatio, usual.deliveryRatio()),
        usual.holdOffMicros());
  }
}
