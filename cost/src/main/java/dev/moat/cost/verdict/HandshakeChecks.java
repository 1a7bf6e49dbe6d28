package dev.moat.cost.verdict;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.radio.Direction;
import dev.moat.radio.Message;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.duty.BurstBudget;
import java.util.List;

/** The limits that every handshake can be held against, whoever sent it. */
public final class HandshakeChecks {
  /** Room for a message at EU868 DR0 to DR2. */
  static final int PACKET_OCTETS = 51;

  static final int UPLINK_OCTETS = 47;
  static final int DOWNLINK_OCTETS = 45;
  static final int KEYS_BY_REFERENCE = 3;
  static final int FRAGMENTS = 5;

  static final double MICROS = 1e6;
  private static final BurstBudget BUDGET = BurstBudget.draft();

  /** The draft: a third of the burst budget with factor 2 of other traffic (36 s / 3 / 2). */
  static final double UPLINK_SECONDS = BUDGET.upperBoundMicros() / MICROS;

  /** The same with factor 3. */
  static final double CAUTIOUS_UPLINK_SECONDS = BUDGET.lowerBoundMicros() / MICROS;

  private HandshakeChecks() {}

  /** All of them, in the order of the requirements. */
  public static List<Case> of(CostedExchange costed) {
    return List.of(
        packets(costed, KEYS_BY_REFERENCE),
        packets(costed, FRAGMENTS),
        frames(costed, KEYS_BY_REFERENCE),
        frames(costed, FRAGMENTS),
        largestDatagram(costed),
        largestPayload(costed, Direction.UPLINK, UPLINK_OCTETS),
        largestPayload(costed, Direction.DOWNLINK, DOWNLINK_OCTETS),
        uplink(costed, UPLINK_SECONDS),
        burst(costed),
        roundTrips(costed));
  }

  /** LoRaWAN packets for the handshake's datagrams. */
  static Case packets(CostedExchange costed, int limit) {
    return Case.atMost(
        title(costed) + ", LoRaWAN packets",
        costed.handshake(Layer.DATAGRAM).lorawan().packets(),
        limit,
        "packets");
  }

  /** LoRaWAN packets for the bare messages. */
  static Case barePackets(CostedExchange costed, int limit) {
    return Case.atMost(
        title(costed) + ", fragments of 51",
        costed.handshake(Layer.MESSAGE).lorawan().packets(),
        limit,
        "fragments");
  }

  /** 6TiSCH frames. */
  static Case frames(CostedExchange costed, int limit) {
    return Case.atMost(
        title(costed) + ", fragments of 47 up and 45 down",
        costed.handshake(Layer.PAYLOAD).sixtisch().frames(),
        limit,
        "frames");
  }

  static Case largestDatagram(CostedExchange costed) {
    return Case.atMost(
        title(costed) + ", largest message",
        largest(costed.handshake(Layer.DATAGRAM).exchange().messages()),
        PACKET_OCTETS,
        "octets");
  }

  static Case largestPayload(CostedExchange costed, Direction direction, int limit) {
    return Case.atMost(
        title(costed) + ", largest payload " + (direction == Direction.UPLINK ? "up" : "down"),
        largest(
            costed.handshake(Layer.PAYLOAD).exchange().messages().stream()
                .filter(one -> one.direction() == direction)
                .toList()),
        limit,
        "octets");
  }

  /** Uplink time on air of the handshake as sent. */
  static Case uplink(CostedExchange costed, double limitSeconds) {
    return Case.atMost(
        title(costed) + ", uplink time on air",
        uplinkSeconds(costed, Layer.DATAGRAM),
        limitSeconds,
        "s");
  }

  /** The burst criterion: two retransmissions of all, and as much other traffic again. */
  static Case burst(CostedExchange costed) {
    return Case.atMost(
        title(costed) + ", sent three times with factor 2 of other traffic",
        BUDGET.burstMicros(costed.handshake(Layer.DATAGRAM).lorawan().airMicros(Direction.UPLINK))
            * BUDGET.leastFactor()
            / MICROS,
        BUDGET.budgetMicros() / MICROS,
        "s");
  }

  static Case roundTrips(CostedExchange costed) {
    return Case.atMost(
        title(costed) + ", round trips before protected data",
        costed.roundTripsBeforeData(),
        1,
        "round trips");
  }

  /** Uplink time on air in seconds, counted at {@code layer}. */
  static double uplinkSeconds(CostedExchange costed, Layer layer) {
    LorawanCost cost = costed.handshake(layer).lorawan();
    return cost.airMicros(Direction.UPLINK) / MICROS;
  }

  private static int largest(List<Message> messages) {
    return messages.stream().mapToInt(Message::octets).max().orElse(0);
  }

  private static String title(CostedExchange costed) {
    return costed.exchange().title();
  }
}
