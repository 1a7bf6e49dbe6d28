package dev.moat.cost.verdict;

import static dev.moat.cost.verdict.HandshakeChecks.FRAGMENTS;
import static dev.moat.cost.verdict.HandshakeChecks.KEYS_BY_REFERENCE;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Shapes;
import java.util.List;

/** The cases of the initial focus: rows 124 to 127. */
final class FocusVerdicts {
  private final Evidence evidence;

  FocusVerdicts(Evidence evidence) {
    this.evidence = evidence;
  }

  /** All of them; {@code others} has row 128. */
  List<Verdict> all(List<Verdict> others) {
    Verdict byReference = byReference();
    Verdict atMostFive = atMostFive();
    Verdict oneRetransmission =
        others.stream()
            .filter(one -> one.requirement() == Requirement.LK_128)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("row LK-128 is judged before"));
    return List.of(
        evaluated(),
        optimal(List.of(byReference, atMostFive, oneRetransmission)),
        byReference,
        atMostFive);
  }

  private Verdict evaluated() {
    return new Findings(Requirement.LK_124)
        .report(
            evidence.study().exchanges().size()
                + " exchanges on three radios; the criteria are the limits beside the figures");
  }

  private static Verdict optimal(List<Verdict> cases) {
    Findings findings = new Findings(Requirement.LK_125);
    for (Verdict one : cases) {
      findings =
          findings.require(
              Case.holds(
                  one.requirement().row(),
                  one instanceof Verdict.Met ? "met" : "missed",
                  "met",
                  one instanceof Verdict.Met));
    }
    return findings.judge("by rows LK-126 to LK-128");
  }

  private Verdict byReference() {
    CostedExchange smallest = evidence.smallest();
    return new Findings(Requirement.LK_126)
        .require(HandshakeChecks.frames(smallest, KEYS_BY_REFERENCE))
        .require(HandshakeChecks.barePackets(smallest, KEYS_BY_REFERENCE))
        .judge(
            smallest.handshake(Layer.PAYLOAD).sixtisch().frames()
                + " fragments at 47 up and 45 down, "
                + smallest.handshake(Layer.MESSAGE).lorawan().packets()
                + " at 51");
  }

  private Verdict atMostFive() {
    Findings findings = new Findings(Requirement.LK_127);
    for (EdhocShape shape :
        List.of(
            Shapes.CERTIFICATES,
            Shapes.KEYS_BY_VALUE,
            Shapes.RESPONDER_SIGNS,
            Shapes.INITIATOR_SIGNS)) {
      CostedExchange costed = evidence.edhoc(shape);
      findings =
          findings
              .require(HandshakeChecks.frames(costed, FRAGMENTS))
              .require(HandshakeChecks.barePackets(costed, FRAGMENTS));
    }
    for (EdhocShape shape :
        List.of(Shapes.BOTH_SIGN, Shapes.BOTH_SIGN_KEYS, Shapes.LONG_KEYS_BY_VALUE)) {
      CostedExchange costed = evidence.edhoc(shape);
      findings =
          findings
              .show(HandshakeChecks.frames(costed, FRAGMENTS))
              .show(HandshakeChecks.barePackets(costed, FRAGMENTS));
    }
    return findings
        .help("static Diffie-Hellman on one side at least, the smallest claims sets")
        .judge(
            "required with static Diffie-Hellman on one side at least and the smallest claims sets;"
                + " signatures on both sides and longer claims sets are shown beside");
  }
}
