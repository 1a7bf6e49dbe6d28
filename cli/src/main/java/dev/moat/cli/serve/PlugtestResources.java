package dev.moat.cli.serve;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.time.Duration;
import java.util.List;

/** All resources of the ETSI CoAP plugtests. */
final class PlugtestResources {
  /** How often the observable resources change. */
  static final Duration PERIOD = Duration.ofSeconds(5);

  /** The word that /obs-reset wants, as other plugtest servers have it. */
  private static final String PASSWORD = "sesame";

  /** The sizes that /obs-pumping goes through: one block, several, none. */
  private static final List<Integer> PUMPED_OCTETS = List.of(16, 500, 1280, 3000, 1280, 500, 0);

  private PlugtestResources() {}

  /** Adds the resources, which change by {@code timers}. */
  static void addTo(Router router, Timers timers) {
    PlugtestCore core = new PlugtestCore(timers);
    core.addTo(router);
    new PlugtestBlock(router).add(core);
    observe(router, timers);
  }

  private static void observe(Router router, Timers timers) {
    PlugtestObserve obs =
        new PlugtestObserve("/obs", Reliability.CONFIRMABLE, tick -> "tick " + tick);
    PlugtestObserve non =
        new PlugtestObserve("/obs-non", Reliability.NON_CONFIRMABLE, tick -> "tick " + tick);
    PlugtestObserve large =
        new PlugtestObserve(
            "/obs-large",
            Reliability.CONFIRMABLE,
            tick -> "tick " + tick + "\n" + Filler.text(PlugtestBlock.LARGE_OCTETS));
    PlugtestObserve pumping =
        new PlugtestObserve("/obs-pumping", Reliability.CONFIRMABLE, PlugtestResources::pumped);
    PlugtestObserve pumpingNon =
        new PlugtestObserve(
            "/obs-pumping-non", Reliability.NON_CONFIRMABLE, PlugtestResources::pumped);
    router.add(obs.changeable("Observable resource which changes every 5 seconds"));
    router.add(non.resource("Observable resource with non-confirmable notifications"));
    router.add(large.resource("Observable large resource"));
    router.add(pumping.resource("Observable resource which changes its size"));
    router.add(pumpingNon.resource("The same, with non-confirmable notifications"));
    List<PlugtestObserve> all = List.of(obs, non, large, pumping, pumpingNon);
    router.add(reset(all));
    timers.every(PERIOD, () -> all.forEach(PlugtestObserve::tick));
  }

  private static String pumped(long tick) {
    return Filler.text(PUMPED_OCTETS.get((int) (tick % PUMPED_OCTETS.size())));
  }

  /** Makes the server lose its observers on demand, which TD_COAP_OBS_04 needs. */
  private static Resource reset(List<PlugtestObserve> observed) {
    return Resource.at("/obs-reset")
        .title("POST '" + PASSWORD + "' to end all observations")
        .notAnActuator(PlugtestCore.HARMLESS)
        .post(request -> reset(request, observed));
  }

  private static Response reset(Request request, List<PlugtestObserve> observed) {
    if (!request.payload().toUtf8().equals(PASSWORD)) {
      return Response.diagnostic(Code.FORBIDDEN, "the payload must be: " + PASSWORD);
    }
    observed.forEach(one -> one.forget(Response.of(Code.SERVICE_UNAVAILABLE)));
    return Response.of(Code.CHANGED);
  }
}
