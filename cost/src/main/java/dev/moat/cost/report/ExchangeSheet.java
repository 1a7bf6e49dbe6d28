package dev.moat.cost.report;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.RadioCosts;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.LorawanCost;
import java.util.List;
import java.util.Locale;

/**
 * What whole handshakes cost; of exchanges without a handshake, what all of their messages cost.
 * LoRaWAN and NB-IoT carry the datagrams; frames on 6TiSCH are counted by the CoAP payload, as the
 * room in them is.
 */
public final class ExchangeSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("exchange", "exchange"),
          Column.words("origin", "origin"),
          Column.number("messageOctets", "octets"),
          Column.number("payloadOctets", "CoAP payload"),
          Column.number("datagramOctets", "datagrams"),
          Column.number("flights", "flights"),
          Column.number("lorawanPackets", "LoRaWAN packets"),
          Column.number("lorawanUplinkAirSeconds", "air up s"),
          Column.number("lorawanDownlinkAirSeconds", "air down s"),
          Column.number("lorawanUplinkBackoffSeconds", "back-off up s"),
          Column.number("sixtischFrames", "6TiSCH frames"),
          Column.number("sixtischMeanFillPercent", "fill %"),
          Column.number("nbiotGoodMillijoules", "NB-IoT good mJ"),
          Column.number("nbiotBadMillijoules", "bad mJ"));
  private static final int PERCENT = 100;

  private ExchangeSheet() {}

  /** The table. */
  public static Sheet of(List<CostedExchange> exchanges) {
    return new Sheet(
        "exchanges",
        "Handshakes",
        COLUMNS,
        exchanges.stream().map(ExchangeSheet::row).toList(),
        List.of(
            "LoRaWAN and NB-IoT carry the datagrams; 6TiSCH frames are counted by the CoAP payload.",
            "Getting connected on NB-IoT (attach) is not in these energies."));
  }

  private static List<String> row(CostedExchange costed) {
    boolean handshake = costed.exchange().handshake(Layer.DATAGRAM).octets() > 0;
    RadioCosts datagrams = handshake ? costed.handshake(Layer.DATAGRAM) : costed.untilResponse();
    RadioCosts payloads = costed.handshake(Layer.PAYLOAD);
    LorawanCost lorawan = datagrams.lorawan();
    return List.of(
        costed.exchange().id(),
        costed.exchange().origin().name().toLowerCase(Locale.ROOT),
        octets(costed, Layer.MESSAGE, handshake),
        octets(costed, Layer.PAYLOAD, handshake),
        octets(costed, Layer.DATAGRAM, handshake),
        Integer.toString(datagrams.exchange().flights()),
        Integer.toString(lorawan.packets()),
        Figures.seconds(lorawan.airMicros(Direction.UPLINK)),
        Figures.seconds(lorawan.airMicros(Direction.DOWNLINK)),
        Figures.seconds(lorawan.backoffMicros(Direction.UPLINK)),
        handshake ? Integer.toString(payloads.sixtisch().frames()) : "",
        handshake ? Figures.fixed(payloads.sixtisch().meanFill() * PERCENT, 0) : "",
        Figures.fixed(datagrams.good().connectionMillijoule(), 2),
        Figures.fixed(datagrams.bad().connectionMillijoule(), 2));
  }

  private static String octets(CostedExchange costed, Layer layer, boolean handshake) {
    Exchange counted =
        handshake ? costed.exchange().handshake(layer) : costed.exchange().all(layer);
    return Integer.toString(counted.octets());
  }
}
