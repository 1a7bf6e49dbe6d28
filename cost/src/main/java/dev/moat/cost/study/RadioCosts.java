package dev.moat.cost.study;

import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.LorawanModel;
import dev.moat.radio.nbiot.Coverage;
import dev.moat.radio.nbiot.NbiotCost;
import dev.moat.radio.nbiot.NbiotModel;
import dev.moat.radio.sixtisch.SixtischCost;
import dev.moat.radio.sixtisch.SixtischModel;

/**
 * What an exchange costs on each radio.
 *
 * @param exchange what was costed
 * @param lorawan packets and time on air
 * @param sixtisch frames
 * @param good time and energy on NB-IoT at good coverage
 * @param bad the same at bad coverage
 */
public record RadioCosts(
    Exchange exchange, LorawanCost lorawan, SixtischCost sixtisch, NbiotCost good, NbiotCost bad) {

  /** Costs {@code exchange} under {@code settings}. */
  public static RadioCosts of(Exchange exchange, RadioSettings settings) {
    return new RadioCosts(
        exchange,
        LorawanModel.cost(exchange, settings.lorawan()),
        SixtischModel.cost(exchange, settings.frames()),
        NbiotModel.cost(exchange, Coverage.GOOD, settings.power()),
        NbiotModel.cost(exchange, Coverage.BAD, settings.power()));
  }
}
