package dev.moat.cost.verdict;

import static dev.moat.cost.verdict.HandshakeChecks.DOWNLINK_OCTETS;
import static dev.moat.cost.verdict.HandshakeChecks.UPLINK_OCTETS;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Shapes;
import dev.moat.radio.Direction;
import dev.moat.radio.Message;
import java.util.List;
import java.util.stream.Collectors;

/** Octets, messages and round trips: rows 100 to 102, 105, 120 to 123. */
final class SizeVerdicts {
  /** RFC 9528, Section 1.2, Figure 1: static Diffie-Hellman, kid. */
  private static final List<Integer> PUBLISHED = List.of(37, 45, 19);

  private static final int MESSAGES = 3;
  private static final int ROUND_TRIPS_WITH_DATA = 2;

  private final Evidence evidence;

  SizeVerdicts(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Verdict> all() {
    return List.of(
        lightweight(),
        onAnExistingStack(),
        fits(),
        roundTrips(),
        bothDirections(),
        threeMessages(),
        oneFrameEach(),
        keysAfterMessage2());
  }

  private Verdict lightweight() {
    List<Integer> sizes = sizes(evidence.smallest());
    int octets = sizes.stream().mapToInt(Integer::intValue).sum();
    Findings findings =
        new Findings(Requirement.LK_100)
            .require(
                Case.holds(
                    "method 3, kid, message sizes",
                    words(sizes),
                    words(PUBLISHED) + " (RFC 9528, 1.2)",
                    sizes.equals(PUBLISHED)));
    for (CostedExchange other : evidence.others()) {
      findings =
          findings
              .require(
                  Case.atMost(
                      "method 3, kid, beside " + title(other),
                      octets,
                      other.exchange().handshake(Layer.DATAGRAM).octets(),
                      "octets"))
              .show(asSent(other));
    }
    return findings.judge(
        octets
            + " octets in "
            + sizes.size()
            + " messages; the smallest other handshake has "
            + leastOfOthers()
            + " octets");
  }

  /** With what CoAP and the first request put around the messages, which others do not have. */
  private Case asSent(CostedExchange other) {
    return Case.atMost(
        "the same with CoAP and its first request around, beside " + title(other),
        evidence.smallest().exchange().handshake(Layer.DATAGRAM).octets(),
        other.exchange().handshake(Layer.DATAGRAM).octets(),
        "octets");
  }

  private int leastOfOthers() {
    return evidence.others().stream()
        .mapToInt(one -> one.exchange().handshake(Layer.DATAGRAM).octets())
        .min()
        .orElse(0);
  }

  private Verdict onAnExistingStack() {
    List<ExchangeMessage> measured =
        evidence.study().exchanges().stream()
            .filter(one -> one.exchange().origin() == Origin.MEASURED)
            .flatMap(one -> one.exchange().messages().stream())
            .toList();
    long kept = measured.stream().filter(one -> one.datagram().isPresent()).count();
    return new Findings(Requirement.LK_101)
        .require(
            Case.holds(
                "messages of measured exchanges that are kept as sent",
                kept + " of " + measured.size(),
                "all",
                kept == measured.size() && kept > 0))
        .judge("sizes are those of " + kept + " messages that the running stacks sent");
  }

  private Verdict fits() {
    CostedExchange smallest = evidence.smallest();
    Findings findings =
        new Findings(Requirement.LK_102)
            .require(HandshakeChecks.largestDatagram(smallest))
            .require(HandshakeChecks.largestPayload(smallest, Direction.UPLINK, UPLINK_OCTETS))
            .require(HandshakeChecks.largestPayload(smallest, Direction.DOWNLINK, DOWNLINK_OCTETS))
            .help("the short path without Content-Format and with short tokens")
            .help("SCHC, which leaves little of the CoAP header");
    for (CostedExchange other : evidence.study().exchanges()) {
      findings =
          findings.show(
              Case.figure(
                  title(other),
                  other.handshake(Layer.DATAGRAM).lorawan().packets()
                      + " packets, "
                      + other.handshake(Layer.PAYLOAD).sixtisch().frames()
                      + " frames"));
    }
    return findings.judge(
        "method 3 with kid: "
            + smallest.handshake(Layer.DATAGRAM).lorawan().packets()
            + " packets and "
            + smallest.handshake(Layer.PAYLOAD).sixtisch().frames()
            + " frames for three messages");
  }

  private Verdict roundTrips() {
    CostedExchange smallest = evidence.smallest();
    return new Findings(Requirement.LK_105)
        .require(HandshakeChecks.roundTrips(smallest))
        .require(
            Case.atMost(
                "combined request, round trips until the response",
                smallest.roundTripsUntilResponse(),
                ROUND_TRIPS_WITH_DATA,
                "round trips"))
        .show(
            Case.figure(
                "message_3 by itself, round trips until the response",
                Integer.toString(
                    evidence
                        .edhoc(
                            Shapes.withFlow(
                                Shapes.SMALLEST, dev.moat.cost.exchange.EdhocShape.Flow.SEQUENTIAL))
                        .roundTripsUntilResponse())))
        .judge(
            "data leaves after "
                + smallest.roundTripsBeforeData()
                + " round trip, the response is there after "
                + smallest.roundTripsUntilResponse());
  }

  private Verdict bothDirections() {
    List<Integer> forward = sizes(evidence.smallest());
    List<Integer> back =
        sizes(
            evidence.edhoc(
                Shapes.begunBy(Shapes.SMALLEST, dev.moat.cost.exchange.EdhocShape.Begins.NETWORK)));
    return new Findings(Requirement.LK_120)
        .require(
            Case.holds("begun by the network", words(back), words(forward), forward.equals(back)))
        .judge("begun by the device " + words(forward) + ", by the network " + words(back));
  }

  private Verdict threeMessages() {
    int flights = evidence.smallest().exchange().handshake(Layer.MESSAGE).flights();
    return new Findings(Requirement.LK_121)
        .require(Case.atMost("method 3, kid, flights", flights, MESSAGES, "flights"))
        .judge(flights + " flights");
  }

  private Verdict oneFrameEach() {
    return new Findings(Requirement.LK_122)
        .require(HandshakeChecks.frames(evidence.smallest(), MESSAGES))
        .judge(
            evidence.smallest().handshake(Layer.PAYLOAD).sixtisch().frames()
                + " frames for three messages, with kid and static Diffie-Hellman");
  }

  private Verdict keysAfterMessage2() {
    List<ExchangeMessage> messages = evidence.smallest().exchange().messages();
    int before = (int) messages.stream().takeWhile(one -> one.part() == Part.HANDSHAKE).count();
    return new Findings(Requirement.LK_123)
        .require(
            Case.holds(
                "messages before the first OSCORE request",
                Integer.toString(before),
                "2, and the request goes with message_3",
                before == 2 && messages.get(before).part() == Part.COMBINED))
        .judge(before + " messages go before the one with the first OSCORE request");
  }

  private static List<Integer> sizes(CostedExchange costed) {
    return costed.exchange().handshake(Layer.MESSAGE).messages().stream()
        .map(Message::octets)
        .filter(octets -> octets > 0)
        .toList();
  }

  private static String words(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("/"));
  }

  private static String title(CostedExchange costed) {
    return costed.exchange().title();
  }
}
