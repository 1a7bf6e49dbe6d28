package dev.moat.cost.report;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.RadioCosts;
import dev.moat.cost.study.RadioSettings;
import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The messages of exchanges, each with its sizes and what it costs. */
public final class MessageSheet {
  /** How many messages of one exchange stand in the table. */
  static final int MAX_MESSAGES = 40;

  private static final String NOTE =
      "6TiSCH frames are counted by the CoAP payload; without one, or where it does not show, none"
          + " are.";
  private static final double NANO_PER_MILLI = 1e6;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("exchange", "exchange"),
          Column.words("message", "message"),
          Column.words("direction", "way"),
          Column.words("part", "part"),
          Column.number("messageOctets", "octets"),
          Column.number("payloadOctets", "CoAP payload"),
          Column.number("datagramOctets", "datagram"),
          Column.number("lorawanPackets", "LoRaWAN packets"),
          Column.number("lorawanAirSeconds", "air s"),
          Column.number("sixtischFrames", "6TiSCH frames"),
          Column.number("nbiotGoodMillijoules", "NB-IoT good mJ"),
          Column.number("nbiotBadMillijoules", "bad mJ"));

  private MessageSheet() {}

  /**
   * The table.
   *
   * @param settings those that the exchanges were costed under
   */
  public static Sheet of(List<CostedExchange> exchanges, RadioSettings settings) {
    List<List<String>> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>(List.of(NOTE));
    for (CostedExchange one : exchanges) {
      add(one, settings, rows, notes);
    }
    return new Sheet("messages", "Messages, in the order they were sent", COLUMNS, rows, notes);
  }

  private static void add(
      CostedExchange costed, RadioSettings settings, List<List<String>> rows, List<String> notes) {
    List<ExchangeMessage> messages = costed.exchange().messages();
    int shown = Math.min(messages.size(), MAX_MESSAGES);
    for (int i = 0; i < shown; i++) {
      rows.add(row(costed, i, settings));
    }
    if (shown < messages.size()) {
      notes.add(
          costed.exchange().id() + ": " + (messages.size() - shown) + " more messages, not shown");
    }
  }

  private static List<String> row(CostedExchange costed, int index, RadioSettings settings) {
    ExchangeMessage message = costed.exchange().messages().get(index);
    RadioCosts costs = costed.untilResponse();
    List<Packet> packets = costs.lorawan().messages().get(index).packets();
    long airMicros = packets.stream().mapToLong(Packet::airMicros).sum();
    int payload = message.octets(Layer.PAYLOAD);
    int frames = settings.frames().frames(message.direction(), payload);
    return List.of(
        costed.exchange().id(),
        message.name(),
        message.direction() == Direction.UPLINK ? "up" : "down",
        message.part().name().toLowerCase(Locale.ROOT),
        Integer.toString(message.messageOctets()),
        Integer.toString(message.payloadOctets()),
        Integer.toString(message.datagramOctets()),
        Integer.toString(packets.size()),
        Figures.seconds(airMicros),
        payload == 0 ? "" : Integer.toString(frames),
        millijoules(costs.good().messages().get(index).nanojoules()),
        millijoules(costs.bad().messages().get(index).nanojoules()));
  }

  private static String millijoules(long nanojoules) {
    return Figures.fixed(nanojoules / NANO_PER_MILLI, 3);
  }
}
