package dev.moat.radio.reference;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.nbiot.Attach;
import dev.moat.radio.nbiot.Coverage;
import dev.moat.radio.nbiot.NbiotCost;
import dev.moat.radio.nbiot.NbiotModel;
import dev.moat.radio.nbiot.PowerProfile;
import java.util.List;
import java.util.Map;

/** Section nbiot. */
final class NbiotClaims {
  private static final Map<String, Coverage> COVERAGES =
      Map.of("good", Coverage.GOOD, "bad", Coverage.BAD);

  private NbiotClaims() {}

  static void add(Place file, Claims claims) {
    Place nbiot = file.to("nbiot");
    powers(nbiot.to("power_mW"), claims);
    rates(nbiot.to("rate_kbps", "good(MCL144)"), Coverage.GOOD, claims);
    rates(nbiot.to("rate_kbps", "bad(MCL164)"), Coverage.BAD, claims);
    COVERAGES.forEach(
        (name, coverage) -> {
          Place perByte = nbiot.to("per_byte_uJ");
          int digits = coverage == Coverage.BAD ? 2 : 3;
          claims.rounded(perByte.to(name + "_ul"), microjoules(Direction.UPLINK, coverage), digits);
          claims.rounded(perByte.to(name + "_dl"), microjoules(Direction.DOWNLINK, coverage), 3);
          attach(nbiot.to("attach"), name, coverage, claims);
        });
    nbiot.to("published").children().forEach(row -> published(row, claims));
    nbiot.to("current").children().forEach(row -> current(row, claims));
    sigmaR(nbiot.to("published_errors"), claims);
  }

  private static void powers(Place power, Claims claims) {
    PowerProfile benchmark = PowerProfile.benchmark();
    claims.rounded(power.to("tx"), benchmark.transmitMicrowatts() / 1e3, 3);
    claims.rounded(power.to("rx"), benchmark.receiveMicrowatts() / 1e3, 3);
    claims.rounded(power.to("light_sleep"), benchmark.lightSleepMicrowatts() / 1e3, 3);
    claims.rounded(power.to("deep_sleep"), benchmark.deepSleepMicrowatts() / 1e3, 3);
  }

  private static void rates(Place rates, Coverage coverage, Claims claims) {
    claims.rounded(rates.to("ul"), coverage.uplinkBitsPerSecond() / 1e3, 3);
    claims.rounded(rates.to("dl"), coverage.downlinkBitsPerSecond() / 1e3, 3);
  }

  private static double microjoules(Direction direction, Coverage coverage) {
    Exchange octet = Exchange.alternating("an octet", direction, 1);
    return NbiotModel.cost(octet, coverage).connectionNanojoules() / 1e3;
  }

  private static void attach(Place place, String name, Coverage coverage, Claims claims) {
    List<Place> steps = place.to(name + "_ms").children();
    for (int i = 0; i < steps.size(); i++) {
      Attach.Step step = coverage.attach().steps().get(i);
      claims.exactly(steps.get(i), step.windowMillis());
    }
    double millijoule = coverage.attach().nanojoules(PowerProfile.benchmark()) / 1e6;
    claims.rounded(place.to(name + "_mJ"), millijoule, 3);
  }

  private static void published(Place row, Claims claims) {
    Exchange exchange = exchange(row);
    boolean recomputed = true;
    for (Map.Entry<String, Coverage> one : COVERAGES.entrySet()) {
      NbiotCost cost = NbiotModel.cost(exchange, one.getValue());
      Place total = row.to(one.getKey() + "_total_mJ");
      claims.rounded(row.to(one.getKey() + "_conn_mJ"), cost.connectionMillijoule(), 3);
      claims.rounded(total, cost.totalMillijoule(), 3);
      recomputed &= Math.abs(total.number() / cost.totalMillijoule() - 1) < 0.001;
    }
    claims.flag(row.to("recomputed_ok"), recomputed);
  }

  private static void current(Place row, Claims claims) {
    Map<String, int[]> edhoc =
        Map.of(
            "EDHOC M3 kid", Shapes.messages(Shapes.edhoc(3, Shapes.KID)),
            "EDHOC M3 x5t", Shapes.messages(Shapes.edhoc(3, Shapes.X5T)),
            "EDHOC M0 kid", Shapes.messages(Shapes.edhoc(0, Shapes.KID)),
            "EDHOC M0 x5t", Shapes.messages(Shapes.edhoc(0, Shapes.X5T)),
            "EDHOC-PSK", Shapes.pskMessages());
    if (edhoc.containsKey(row.name())) {
      claims.exactly(row.to("flights"), edhoc.get(row.name()));
    }
    Exchange exchange = exchange(row);
    costs(row.to("device_initiated"), exchange, claims);
    costs(row.to("infra_initiated"), exchange.reversed(), claims);
  }

  private static void costs(Place place, Exchange exchange, Claims claims) {
    COVERAGES.forEach(
        (name, coverage) -> {
          NbiotCost cost = NbiotModel.cost(exchange, coverage);
          claims.rounded(place.to(name, "t_ms"), cost.timeMicros() / 1e3, 2);
          claims.rounded(place.to(name, "E_conn_mJ"), cost.connectionMillijoule(), 3);
          claims.rounded(place.to(name, "E_total_mJ"), cost.totalMillijoule(), 3);
        });
  }

  private static Exchange exchange(Place row) {
    return Exchange.alternating(row.name(), Direction.UPLINK, row.to("flights").integers());
  }

  /** The spreadsheet's columns F and M: flights of 39, 37, 85 and 84 octets. */
  private static void sigmaR(Place note, Claims claims) {
    Exchange exchange = Exchange.alternating("SIGMA-R", Direction.UPLINK, 39, 37, 85, 84);
    COVERAGES.forEach(
        (name, coverage) -> {
          NbiotCost cost = NbiotModel.cost(exchange, coverage);
          claims.noted(note, "SIGMA-R " + name + " flight 4", fourth(cost), 3);
          claims.noted(note, "SIGMA-R " + name + " connection", cost.connectionMillijoule(), 3);
          claims.noted(note, "SIGMA-R " + name + " total", cost.totalMillijoule(), 3);
        });
  }

  private static double fourth(NbiotCost cost) {
    return cost.messages().get(3).nanojoules() / 1e6;
  }
}
