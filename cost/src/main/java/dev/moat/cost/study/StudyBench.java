package dev.moat.cost.study;

import dev.moat.cost.device.DeviceFigures;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.measure.EdhocBench;
import dev.moat.cost.measure.ParallelRun;
import dev.moat.cost.measure.RebootRun;
import dev.moat.cost.tls.CoapSample;
import dev.moat.cost.tls.DtlsBench;
import dev.moat.cost.tls.DtlsShape;
import dev.moat.cost.tls.OverheadBench;
import dev.moat.cost.tls.PublishedExchanges;
import dev.moat.cost.tls.TlsBench;
import dev.moat.cost.tls.TlsShape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs everything that a study compares, on this machine and in one go. */
public final class StudyBench {
  private static final int REQUEST_PAYLOAD = 0;
  private static final int RESPONSE_PAYLOAD = 3;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final StudyPlan plan;
  private final StudySteps steps;
  private final EdhocBench edhoc = new EdhocBench();

  private StudyBench(StudyPlan plan, StudyProgress progress) {
    this.plan = plan;
    this.steps = new StudySteps(progress, shapes(plan).size() + stepsBesideEdhoc(plan));
  }

  /**
   * Runs all of it, in about twenty seconds with the usual plan.
   *
   * @throws dev.moat.cost.measure.MeasurementFailure when an exchange does not come to its end
   */
  public static Study run(StudyPlan plan, StudyProgress progress) {
    return new StudyBench(plan, progress).run();
  }

  /**
   * Runs EDHOC exchanges beside those of a study, as the what-if panel needs.
   *
   * @throws dev.moat.cost.measure.MeasurementFailure as above
   */
  public static List<RecordedExchange> run(List<EdhocShape> shapes, StudyProgress progress) {
    StudySteps steps = new StudySteps(progress, shapes.size());
    EdhocBench bench = new EdhocBench();
    List<RecordedExchange> exchanges = new ArrayList<>();
    for (EdhocShape shape : shapes) {
      steps.next("EDHOC: " + shape.id());
      exchanges.add(bench.run(shape));
    }
    return exchanges;
  }

  private Study run() {
    List<RecordedExchange> exchanges = new ArrayList<>();
    for (EdhocShape shape : shapes(plan)) {
      steps.next("EDHOC: " + shape.id());
      exchanges.add(edhoc.run(shape));
    }
    exchanges.addAll(dtlsAndTls());
    List<RecordedExchange> published = PublishedExchanges.read().exchanges();
    exchanges.addAll(published);
    List<CostedExchange> costed =
        exchanges.stream().map(one -> CostedExchange.of(one, plan.radio())).toList();
    return new Study(
        plan.radio(),
        costed,
        overheads(),
        device(),
        formation(costed),
        new Repeats(parallel(), reboot()));
  }

  private static int stepsBesideEdhoc(StudyPlan plan) {
    int joins = 5;
    return DtlsShape.standard().size()
        + TlsShape.values().length
        + plan.parallel().size()
        + joins
        + 3; // overheads, device, reboot
  }

  private static Set<EdhocShape> shapes(StudyPlan plan) {
    Set<EdhocShape> shapes = new LinkedHashSet<>(Shapes.all());
    shapes.addAll(plan.shapes());
    return shapes;
  }

  private List<RecordedExchange> dtlsAndTls() {
    CoapSample sample = CoapSample.of(REQUEST_PAYLOAD, RESPONSE_PAYLOAD);
    List<RecordedExchange> all = new ArrayList<>();
    for (DtlsShape shape : DtlsShape.standard()) {
      steps.next(shape.title());
      all.add(new DtlsBench().run(shape, sample).exchange());
    }
    for (TlsShape shape : TlsShape.values()) {
      steps.next(shape.title());
      all.add(new TlsBench().run(shape, sample).exchange());
    }
    return all;
  }

  private List<RecordOverhead> overheads() {
    steps.next("what protection adds to a message");
    return new OverheadBench().run(REQUEST_PAYLOAD, RESPONSE_PAYLOAD);
  }

  private DeviceFigures device() {
    steps.next("what a device computes and keeps");
    return DeviceFigures.measure();
  }

  private List<Repeats.Parallel> parallel() {
    List<Repeats.Parallel> all = new ArrayList<>();
    int alone = 0;
    for (int devices : plan.parallel()) {
      steps.next(devices + " handshakes at once");
      ParallelRun run = edhoc.parallel(Shapes.SMALLEST, devices);
      int most = run.exchanges().stream().mapToInt(StudyBench::octets).max().orElse(0);
      alone = alone == 0 ? most : alone;
      all.add(new Repeats.Parallel(devices, run.wallNanos() / NANOS_PER_MILLI, alone, most));
    }
    return all;
  }

  private Repeats.Reboot reboot() {
    steps.next("a device that lost all its state");
    RebootRun run = edhoc.reboot(Shapes.SMALLEST);
    return new Repeats.Reboot(octets(run.first()), octets(run.again()));
  }

  private static int octets(RecordedExchange exchange) {
    return exchange.all(Layer.DATAGRAM).octets();
  }

  private List<Formation> formation(List<CostedExchange> costed) {
    Formations formations = new Formations(plan.formation());
    List<Formation> all = new ArrayList<>();
    for (Map.Entry<String, List<dev.moat.radio.sixtisch.sim.Stage>> join :
        JoinStages.of(costed, plan.radio().frames()).entrySet()) {
      steps.next("forming networks: " + join.getKey());
      all.addAll(formations.of(join.getKey(), join.getValue()));
    }
    return all;
  }
}
