package dev.moat.cost.verdict;

import static dev.moat.cost.verdict.HandshakeChecks.CAUTIOUS_UPLINK_SECONDS;
import static dev.moat.cost.verdict.HandshakeChecks.MICROS;
import static dev.moat.cost.verdict.HandshakeChecks.UPLINK_SECONDS;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Shapes;
import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.air.Modulation;
import dev.moat.radio.lorawan.air.TimeOnAir;
import dev.moat.radio.lorawan.duty.BurstBudget;
import dev.moat.radio.lorawan.duty.Losses;
import dev.moat.radio.lorawan.duty.StopAndWait;
import java.util.List;

/** Time on air and packets: rows 109 to 114 and 128. */
final class LorawanVerdicts {
  private static final int BENCHMARK_OCTETS = 64;
  private static final long BENCHMARK_MICROS = 2_793_472;
  private static final int PACKETS = 3;
  private static final int WITH_RESPONSE = 4;
  private static final int RETRANSMISSIONS = 2;
  private static final double HOUR_SECONDS = BurstBudget.draft().budgetMicros() / MICROS;
  private static final double ONE_RETRANSMISSION_SECONDS =
      BurstBudget.draftWithOneRetransmission().upperBoundMicros() / MICROS;
  private static final double MINUTES = 60e6;
  private static final List<EdhocShape> LARGER =
      List.of(
          Shapes.withPath(Shapes.SMALLEST, PathForm.DEFAULT),
          Shapes.CERTIFICATES,
          Shapes.KEYS_BY_VALUE,
          Shapes.RESPONDER_SIGNS,
          Shapes.INITIATOR_SIGNS,
          Shapes.BOTH_SIGN_KEYS,
          Shapes.BOTH_SIGN);

  private final Evidence evidence;

  LorawanVerdicts(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Verdict> all() {
    return List.of(
        dutyCycle(),
        benchmarkPacket(),
        burst(),
        uplink(),
        backoff(),
        packets(),
        oneRetransmission());
  }

  private Verdict dutyCycle() {
    CostedExchange smallest = evidence.smallest();
    double once = busiestHour(smallest, 0);
    Findings findings =
        new Findings(Requirement.LK_109)
            .require(
                Case.atMost("handshake and first request, busiest hour", once, HOUR_SECONDS, "s"))
            .require(
                Case.atMost(
                    "the same, every packet sent three times",
                    busiestHour(smallest, RETRANSMISSIONS),
                    HOUR_SECONDS,
                    "s"));
    for (CostedExchange other : evidence.others()) {
      findings =
          findings.show(
              Case.atMost(
                  other.exchange().title() + ", every packet sent three times",
                  busiestHour(other, RETRANSMISSIONS),
                  HOUR_SECONDS,
                  "s"));
    }
    return findings
        .help("fewer re-keys: OSCORE needs none for years (docs/manual/rekeying.md)")
        .judge(
            Case.text(once)
                + " s of uplink time on air in an hour that has 36 s at 1 %, class A device");
  }

  /** Seconds on air that the device needs in any hour, sending as its duty cycle lets it. */
  private static double busiestHour(CostedExchange costed, int retransmissions) {
    LorawanCost cost = costed.untilResponse().lorawan();
    return StopAndWait.classA()
            .schedule(cost, Losses.each(retransmissions))
            .busiestHourMicros(Direction.UPLINK, cost.settings().region().defaultSubBand())
        / MICROS;
  }

  private Verdict benchmarkPacket() {
    long micros = TimeOnAir.micros(new Modulation(12, 125, 1), BENCHMARK_OCTETS, true);
    return new Findings(Requirement.LK_110)
        .require(
            Case.holds(
                "51 octets and a header of 13 at SF12",
                Case.text(micros / 1e3) + " ms",
                Case.text(BENCHMARK_MICROS / 1e3) + " ms",
                micros == BENCHMARK_MICROS))
        .judge(Case.text(micros / 1e3) + " ms");
  }

  private Verdict burst() {
    CostedExchange smallest = evidence.smallest();
    return new Findings(Requirement.LK_111)
        .require(HandshakeChecks.burst(smallest))
        .show(HandshakeChecks.uplink(smallest, CAUTIOUS_UPLINK_SECONDS))
        .help("the short path, or SCHC for the CoAP header")
        .judge(
            "with two retransmissions and as much other traffic again: "
                + HandshakeChecks.burst(smallest).value()
                + " of 36 s; with twice as much other traffic the limit is 4 s a handshake");
  }

  private Verdict uplink() {
    Findings findings =
        new Findings(Requirement.LK_112)
            .require(HandshakeChecks.uplink(evidence.smallest(), UPLINK_SECONDS))
            .help("the short path without Content-Format")
            .help("SCHC for the CoAP header")
            .help("kid instead of certificates, static Diffie-Hellman instead of signatures");
    for (EdhocShape shape : LARGER) {
      findings = findings.show(HandshakeChecks.uplink(evidence.edhoc(shape), UPLINK_SECONDS));
    }
    return findings.judge(
        "method 3 with kid and a combined request: "
            + Case.text(HandshakeChecks.uplinkSeconds(evidence.smallest(), Layer.DATAGRAM))
            + " s; the messages alone "
            + Case.text(HandshakeChecks.uplinkSeconds(evidence.smallest(), Layer.MESSAGE))
            + " s");
  }

  private Verdict backoff() {
    CostedExchange smallest = evidence.smallest();
    double minutes =
        smallest.handshake(Layer.DATAGRAM).lorawan().backoffMicros(Direction.UPLINK) / MINUTES;
    Findings findings =
        new Findings(Requirement.LK_113).require(HandshakeChecks.packets(smallest, PACKETS));
    for (CostedExchange other : evidence.others()) {
      findings =
          findings.show(
              Case.figure(
                  other.exchange().title() + ", back-off at 1 %",
                  Case.text(
                          other.handshake(Layer.DATAGRAM).lorawan().backoffMicros(Direction.UPLINK)
                              / MINUTES)
                      + " min"));
    }
    return findings.judge(
        smallest.handshake(Layer.DATAGRAM).lorawan().packets()
            + " packets, "
            + Case.text(minutes)
            + " min of silence after those of the device (99 times their time on air)");
  }

  private Verdict packets() {
    CostedExchange smallest = evidence.smallest();
    return new Findings(Requirement.LK_114)
        .require(HandshakeChecks.packets(smallest, PACKETS))
        .require(
            Case.atMost(
                "with the first response, packets",
                smallest.untilResponse().lorawan().packets(),
                WITH_RESPONSE,
                "packets"))
        .help("the combined request (RFC 9668)")
        .judge(
            smallest.handshake(Layer.DATAGRAM).lorawan().packets()
                + " packets, with the first protected response "
                + smallest.untilResponse().lorawan().packets());
  }

  private Verdict oneRetransmission() {
    Findings findings = new Findings(Requirement.LK_128);
    for (EdhocShape shape : List.of(Shapes.CERTIFICATES, Shapes.KEYS_BY_VALUE)) {
      findings =
          findings.require(
              HandshakeChecks.uplink(evidence.edhoc(shape), ONE_RETRANSMISSION_SECONDS));
    }
    for (EdhocShape shape : List.of(Shapes.BOTH_SIGN, Shapes.INITIATOR_SIGNS)) {
      findings =
          findings.show(HandshakeChecks.uplink(evidence.edhoc(shape), ONE_RETRANSMISSION_SECONDS));
    }
    return findings
        .help("references instead of values, static Diffie-Hellman instead of signatures")
        .judge("one retransmission and factor 2 of other traffic leave 9 s (with factor 3: 6 s)");
  }
}
