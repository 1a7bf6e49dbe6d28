package dev.moat.cost.verdict;

import static dev.moat.cost.verdict.HandshakeChecks.DOWNLINK_OCTETS;
import static dev.moat.cost.verdict.HandshakeChecks.MICROS;
import static dev.moat.cost.verdict.HandshakeChecks.UPLINK_OCTETS;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Formation;
import dev.moat.cost.study.JoinProtocols;
import dev.moat.radio.Direction;
import dev.moat.radio.sixtisch.Slotframe;
import java.util.List;

/** Frames and formation of a mesh: rows 103 and 115 to 118. */
final class MeshVerdicts {
  private static final int ROUND_TRIPS = 2;
  private static final int WAYS = 2;

  /** A server with more than 48 contexts: C_R in message_2 and as kid, one octet more in each. */
  private static final int LONGER_IDENTIFIER_OCTETS = 2;

  private static final double SLOTFRAME_SECONDS = Slotframe.minimal().micros() / MICROS;

  private final Evidence evidence;

  MeshVerdicts(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Verdict> all() {
    return List.of(manyAtOnce(), payloads(), formation(), overTheMesh(), fullFrames());
  }

  private Verdict manyAtOnce() {
    Findings findings = new Findings(Requirement.LK_103);
    for (var run : evidence.study().repeats().parallel()) {
      findings =
          findings.require(
              Case.atMost(
                  run.devices() + " at once, all done in " + run.millis() + " ms, largest exchange",
                  run.mostOctets(),
                  run.aloneOctets() + LONGER_IDENTIFIER_OCTETS,
                  "octets"));
    }
    for (Formation one : evidence.study().formation()) {
      findings = findings.show(figure(one));
    }
    return findings.judge(
        "up to "
            + evidence.study().repeats().parallel().stream()
                .mapToInt(run -> run.devices())
                .max()
                .orElse(0)
            + " handshakes interleaved; over a mesh the shared cell decides (LK-116)");
  }

  private Verdict payloads() {
    CostedExchange smallest = evidence.smallest();
    return new Findings(Requirement.LK_115)
        .require(HandshakeChecks.largestPayload(smallest, Direction.UPLINK, UPLINK_OCTETS))
        .require(HandshakeChecks.largestPayload(smallest, Direction.DOWNLINK, DOWNLINK_OCTETS))
        .help("identifiers of one octet")
        .judge(
            "payloads of "
                + smallest.handshake(Layer.PAYLOAD).exchange().messages().stream()
                    .map(one -> Integer.toString(one.octets()))
                    .collect(java.util.stream.Collectors.joining("/"))
                + " octets");
  }

  private Verdict formation() {
    Findings findings = new Findings(Requirement.LK_116);
    List<Formation> all = evidence.study().formation();
    for (Formation own : all) {
      if (own.protocol().equals(JoinProtocols.EDHOC)) {
        findings = beside(findings, own, all);
      }
    }
    return findings.judge(
        "time until the last node has joined, EDHOC and a protected request beside others");
  }

  private static Findings beside(Findings findings, Formation own, List<Formation> all) {
    Findings result = findings;
    for (Formation other : all) {
      if (other.nodes() == own.nodes() && !other.equals(own)) {
        result =
            JoinProtocols.isDtls(other.protocol())
                ? result.require(sooner(own, other))
                : result.show(figure(other));
      }
    }
    return result;
  }

  /** A network that did not form within the bound of time has no time to compare with. */
  private static Case sooner(Formation own, Formation other) {
    String subject = own.nodes() + " nodes, EDHOC beside " + other.protocol();
    if (own.complete() && other.complete()) {
      return Case.atMost(subject, own.lastSeconds(), other.lastSeconds(), "s");
    }
    return Case.holds(
        subject, words(own), "forms, and sooner than the other: " + words(other), own.complete());
  }

  private static String words(Formation one) {
    return one.complete()
        ? Case.text(one.lastSeconds()) + " s"
        : "not formed within the bound of time";
  }

  private static Case figure(Formation one) {
    return Case.figure(
        one.nodes() + " nodes, " + one.protocol(),
        "the last joined: " + words(one) + "; in the mean " + Case.text(one.meanSeconds()) + " s");
  }

  private Verdict overTheMesh() {
    CostedExchange smallest = evidence.smallest();
    int hops = evidence.study().settings().hops();
    double seconds = smallest.roundTripsUntilResponse() * WAYS * hops * SLOTFRAME_SECONDS;
    return new Findings(Requirement.LK_117)
        .require(
            Case.atMost(
                "combined request, round trips until the response",
                smallest.roundTripsUntilResponse(),
                ROUND_TRIPS,
                "round trips"))
        .judge(
            "two round trips over "
                + hops
                + " hops: "
                + Case.text(seconds)
                + " s with a cell each slotframe of "
                + Case.text(SLOTFRAME_SECONDS)
                + " s and nobody else");
  }

  private Verdict fullFrames() {
    CostedExchange smallest = evidence.smallest();
    Findings findings =
        new Findings(Requirement.LK_118)
            .require(HandshakeChecks.frames(smallest, HandshakeChecks.KEYS_BY_REFERENCE))
            .show(fill(smallest));
    for (CostedExchange other : evidence.others()) {
      findings = findings.show(fill(other));
    }
    return findings.judge(
        smallest.handshake(Layer.PAYLOAD).sixtisch().frames()
            + " frames; those of other protocols are fuller, and more");
  }

  private static Case fill(CostedExchange costed) {
    var cost = costed.handshake(Layer.PAYLOAD).sixtisch();
    return Case.figure(
        costed.exchange().title(),
        cost.frames() + " frames, filled to " + Math.round(cost.meanFill() * 100) + " %");
  }
}
