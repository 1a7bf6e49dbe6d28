package dev.moat.cost.verdict;

import static dev.moat.cost.verdict.HandshakeChecks.FRAGMENTS;
import static dev.moat.cost.verdict.HandshakeChecks.UPLINK_SECONDS;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.List;

/** What would bring a handshake within the limits that it misses, worked out from its sizes. */
public final class Advice {
  private Advice() {}

  /** In the order of what it takes least to do; empty when no limit is missed. */
  public static List<String> on(CostedExchange costed) {
    List<String> advice = new ArrayList<>();
    if (HandshakeChecks.of(costed).stream().allMatch(Case::met)) {
      return advice;
    }
    around(costed, advice);
    within(costed, advice);
    roundTrips(costed, advice);
    return advice;
  }

  /** What CoAP has around the messages. */
  private static void around(CostedExchange costed, List<String> advice) {
    int datagrams = costed.exchange().handshake(Layer.DATAGRAM).octets();
    int messages = costed.exchange().handshake(Layer.MESSAGE).octets();
    if (messages > 0 && datagrams > messages) {
      advice.add(
          "a shorter path, no Content-Format, shorter tokens, or SCHC: "
              + (datagrams - messages)
              + " octets are around the messages, which alone take "
              + Case.text(HandshakeChecks.uplinkSeconds(costed, Layer.MESSAGE))
              + " s of uplink and "
              + costed.handshake(Layer.MESSAGE).lorawan().packets()
              + " packets");
    }
  }

  /** What the messages themselves carry. */
  private static void within(CostedExchange costed, List<String> advice) {
    boolean tooLong =
        HandshakeChecks.uplinkSeconds(costed, Layer.MESSAGE) > UPLINK_SECONDS
            || costed.handshake(Layer.MESSAGE).lorawan().packets() > FRAGMENTS
            || costed.handshake(Layer.PAYLOAD).sixtisch().frames() > FRAGMENTS;
    if (tooLong) {
      advice.add(
          "credentials by reference (kid) instead of by value or by x5t, static Diffie-Hellman"
              + " instead of signatures: EDHOC method 3 with kid has 37, 45 and 19 octets");
    }
    boolean uplinkMissed = HandshakeChecks.uplinkSeconds(costed, Layer.DATAGRAM) > UPLINK_SECONDS;
    if (uplinkMissed
        && costed.handshake(Layer.MESSAGE).exchange().octets(Direction.UPLINK)
            > costed.handshake(Layer.MESSAGE).exchange().octets(Direction.DOWNLINK)) {
      advice.add("let the network begin where the uplink is the bottleneck");
    }
  }

  private static void roundTrips(CostedExchange costed, List<String> advice) {
    if (!HandshakeChecks.roundTrips(costed).met()) {
      advice.add("a request combined with the last message of the handshake (RFC 9668)");
    }
  }
}
