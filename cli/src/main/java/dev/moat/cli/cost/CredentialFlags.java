package dev.moat.cli.cost;

import dev.moat.cli.console.Failure;
import dev.moat.cli.edhoc.MeasuredSides;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.measure.EdhocBench;
import dev.moat.cost.measure.MeasurementFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The user's own credentials, which are run and costed; picocli fills it in. */
final class CredentialFlags {
  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Run EDHOC with the own identity in this file as the device's, and cost it. A second file"
              + " has the network's; without it one is made for the run, named by kid.")
  private List<Path> files = List.of();

  @Option(
      names = "--insecure-file-mode",
      description = "Accept files with secrets that other users may read.")
  private boolean insecureFileMode;

  /** Created by picocli. */
  CredentialFlags() {}

  /** True when there are some. */
  boolean wanted() {
    return !files.isEmpty();
  }

  /**
   * Runs them, in the shortest form and in the default one.
   *
   * @throws Failure when they cannot be used, or a run does not come to its end
   */
  List<RecordedExchange> run() {
    if (files.isEmpty()) {
      return List.of();
    }
    try (MeasuredSides sides = MeasuredSides.read(files, insecureFileMode)) {
      return Stream.of(
              sides.shape(PathForm.SHORT, Flow.COMBINED),
              sides.shape(PathForm.DEFAULT, Flow.SEQUENTIAL))
          .map(shape -> run(sides, shape))
          .toList();
    }
  }

  private static RecordedExchange run(MeasuredSides sides, EdhocShape shape) {
    try {
      return new EdhocBench().run(shape, sides.initiator(), sides.responder());
    } catch (MeasurementFailure | IllegalArgumentException e) {
      throw new Failure(
          "EDHOC with these credentials failed: " + e.getMessage(),
          "Try them with moat edhoc run --cred-i FILE; both keys are of the same kind of curve.",
          e);
    }
  }
}
