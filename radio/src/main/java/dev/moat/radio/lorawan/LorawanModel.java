package dev.moat.radio.lorawan;

import dev.moat.radio.Exchange;
import dev.moat.radio.Message;
import dev.moat.radio.lorawan.air.Signal;
import java.util.List;

/** What an exchange costs on LoRaWAN when nothing is lost. */
public final class LorawanModel {
  private LorawanModel() {}

  /** The frames of each message, and how long each is on air. */
  public static LorawanCost cost(Exchange exchange, LorawanSettings settings) {
    return new LorawanCost(
        settings, exchange.messages().stream().map(one -> cost(one, settings)).toList());
  }

  private static MessageCost cost(Message message, LorawanSettings settings) {
    Signal signal = settings.dataRate(message.direction()).signal();
    List<Packet> packets =
        Fragmentation.split(
                message.octets(),
                settings.maxAppOctets(message.direction()),
                settings.fragmentHeaderOctets())
            .stream()
            .map(
                appOctets ->
                    new Packet(
                        appOctets,
                        signal.frameMicros(settings.phyOctets(appOctets), message.direction())))
            .toList();
    return new MessageCost(message, packets);
  }
}
