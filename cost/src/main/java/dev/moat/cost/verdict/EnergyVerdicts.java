package dev.moat.cost.verdict;

import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.RadioCosts;
import dev.moat.cost.study.Shapes;
import java.util.List;

/** Octets and energy on NB-IoT: row 119. */
final class EnergyVerdicts {
  private final Evidence evidence;

  EnergyVerdicts(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Verdict> all() {
    return List.of(octets());
  }

  private Verdict octets() {
    CostedExchange smallest = evidence.smallest();
    Findings findings = new Findings(Requirement.LK_119);
    for (CostedExchange other : evidence.others()) {
      findings =
          findings
              .require(
                  Case.atMost(
                      "method 3, kid, at bad coverage beside " + other.exchange().title(),
                      millijoule(smallest),
                      millijoule(other),
                      "mJ"))
              .show(
                  Case.atMost(
                      "with CoAP and its first request around, beside " + other.exchange().title(),
                      smallest.handshake(Layer.DATAGRAM).bad().connectionMillijoule(),
                      millijoule(other),
                      "mJ"));
    }
    findings =
        findings
            .show(energy("begun by the device", smallest))
            .show(
                energy(
                    "begun by the network",
                    evidence.edhoc(Shapes.begunBy(Shapes.SMALLEST, Begins.NETWORK))));
    return findings
        .help("kid instead of certificates, static Diffie-Hellman instead of signatures")
        .judge(
            smallest.exchange().handshake(Layer.MESSAGE).octets()
                + " octets, "
                + Case.text(millijoule(smallest))
                + " mJ at bad coverage besides the attach, bare messages; with CoAP and its first request "
                + Case.text(smallest.handshake(Layer.DATAGRAM).bad().connectionMillijoule())
                + " mJ");
  }

  private static double millijoule(CostedExchange costed) {
    Layer layer = costed.exchange().shape().isPresent() ? Layer.MESSAGE : Layer.DATAGRAM;
    return costed.handshake(layer).bad().connectionMillijoule();
  }

  private static Case energy(String subject, CostedExchange costed) {
    RadioCosts costs = costed.handshake(Layer.MESSAGE);
    return Case.figure(
        subject,
        Case.text(costs.good().connectionMillijoule())
            + " mJ at good coverage, "
            + Case.text(costs.bad().connectionMillijoule())
            + " mJ at bad; attach "
            + Case.text(costs.good().attachMillijoule())
            + " and "
            + Case.text(costs.bad().attachMillijoule())
            + " mJ more");
  }
}
