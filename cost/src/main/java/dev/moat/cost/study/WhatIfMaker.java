package dev.moat.cost.study;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.study.WhatIf.Air;
import dev.moat.cost.study.WhatIf.Choices;
import dev.moat.cost.study.WhatIf.Costs;
import dev.moat.cost.study.WhatIf.Counted;
import dev.moat.cost.study.WhatIf.Mesh;
import dev.moat.cost.study.WhatIf.Nb;
import dev.moat.cost.study.WhatIf.Rekey;
import dev.moat.cost.study.WhatIf.Rule;
import dev.moat.cost.study.WhatIf.Run;
import dev.moat.cost.study.WhatIf.Span;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.device.BatteryLife;
import dev.moat.radio.device.Cell;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.LorawanModel;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.lorawan.MessageCost;
import dev.moat.radio.lorawan.Region;
import dev.moat.radio.nbiot.Coverage;
import dev.moat.radio.nbiot.NbiotCost;
import dev.moat.radio.nbiot.NbiotModel;
import dev.moat.radio.nbiot.PowerProfile;
import dev.moat.radio.sixtisch.MessageFrames;
import dev.moat.radio.sixtisch.SixtischCost;
import dev.moat.radio.sixtisch.SixtischModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Works out, by the radio models, what every choice costs. */
public final class WhatIfMaker {
  private static final int MOST_HOPS = 10;
  private static final double MICROWATTS_PER_MILLIWATT = 1_000;
  private static final PowerProfile POWER = PowerProfile.benchmark();

  private static final Rule NO_DATA =
      new Rule(
          "layer",
          "message",
          "span",
          "until_response",
          "a protected request and its response are no messages of the key exchange");
  private static final int METHODS = 5;
  private static final int PSK_METHOD = 4;

  private WhatIfMaker() {}

  /** Everything there is to choose: data rates of EU868, hops, coverages, cells, intervals. */
  public static Choices choices() {
    return new Choices(
        Region.EU868.uplinkDataRates().stream()
            .map(rate -> new LorawanSettings(Region.EU868, rate.number(), 0))
            .toList(),
        IntStream.rangeClosed(1, MOST_HOPS).boxed().toList(),
        List.of(Coverage.GOOD, Coverage.BAD),
        Cell.presets(),
        List.of(
            new Rekey("every day", Duration.ofDays(1)),
            new Rekey("every week", Duration.ofDays(7)),
            new Rekey("every 30 days", Duration.ofDays(30)),
            new Rekey("every 365 days", Duration.ofDays(365))));
  }

  /** The table for these exchanges; those without any handshake are left out. */
  public static WhatIf make(List<RecordedExchange> exchanges) {
    Choices choices = choices();
    return new WhatIf(
        choices,
        rules(),
        exchanges.stream()
            .filter(one -> one.handshake(Layer.DATAGRAM).octets() > 0)
            .map(one -> new Run(one, costs(one, choices)))
            .toList());
  }

  /** Method 4 and pre-shared keys go together (draft-ietf-lake-edhoc-psk). */
  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(NO_DATA);
    for (int method = 0; method < METHODS; method++) {
      for (CredentialForm form : CredentialForm.values()) {
        if ((method == PSK_METHOD) != (form == CredentialForm.PSK)) {
          rules.add(psk(method, "initiator", form));
          rules.add(psk(method, "responder", form));
        }
      }
    }
    return rules;
  }

  private static Rule psk(int method, String side, CredentialForm form) {
    return new Rule(
        "method",
        Integer.toString(method),
        side,
        form.toString(),
        "method 4 and credentials psk on both sides go together");
  }

  private static Map<Counted, Costs> costs(RecordedExchange exchange, Choices choices) {
    Map<Counted, Costs> costs = new HashMap<>();
    for (Layer layer : Layer.values()) {
      costs.put(
          new Counted(layer, Span.HANDSHAKE),
          costs(
              exchange.handshake(layer),
              exchange.handshake(Layer.PAYLOAD),
              Optional.of(WhatIfLimits.of(exchange)),
              choices));
    }
    if (hasData(exchange)) {
      for (Layer layer : List.of(Layer.PAYLOAD, Layer.DATAGRAM)) {
        costs.put(
            new Counted(layer, Span.UNTIL_RESPONSE),
            costs(exchange.all(layer), exchange.all(Layer.PAYLOAD), Optional.empty(), choices));
      }
    }
    return costs;
  }

  private static boolean hasData(RecordedExchange exchange) {
    return exchange.messages().stream().anyMatch(one -> one.part() != Part.HANDSHAKE);
  }

  /** 6TiSCH's model asks for CoAP payloads, whatever else is counted. */
  private static Costs costs(
      Exchange exchange, Exchange payloads, Optional<WhatIfLimits> limits, Choices choices) {
    return new Costs(
        exchange,
        choices.lorawan().stream()
            .map(settings -> air(LorawanModel.cost(exchange, settings), limits))
            .toList(),
        choices.hops().stream()
            .map(hops -> mesh(SixtischModel.cost(payloads, hops), limits))
            .toList(),
        choices.coverages().stream()
            .map(coverage -> nb(NbiotModel.cost(exchange, coverage, POWER), choices))
            .toList());
  }

  private static Air air(LorawanCost cost, Optional<WhatIfLimits> limits) {
    return new Air(
        cost.messages().stream().map(one -> one.packets().size()).toList(),
        cost.messages().stream().map(MessageCost::airMicros).toList(),
        cost.airMicros(Direction.UPLINK),
        cost.airMicros(Direction.DOWNLINK),
        cost.backoffMicros(Direction.UPLINK),
        limits.map(one -> one.fragments(cost.packets())),
        limits.map(one -> one.uplink(cost.airMicros(Direction.UPLINK))));
  }

  private static Mesh mesh(SixtischCost cost, Optional<WhatIfLimits> limits) {
    return new Mesh(
        cost.messages().stream().map(MessageFrames::frames).toList(),
        cost.meanFill(),
        limits.map(one -> one.fragments(cost.frames())));
  }

  private static Nb nb(NbiotCost cost, Choices choices) {
    List<List<Double>> years = new ArrayList<>();
    for (Cell cell : choices.cells()) {
      years.add(
          choices.rekeys().stream()
              .map(
                  rekey ->
                      new BatteryLife(
                              cell,
                              cost.totalMillijoule(),
                              rekey.interval(),
                              POWER.deepSleepMicrowatts() / MICROWATTS_PER_MILLIWATT)
                          .years())
              .toList());
    }
    return new Nb(cost.timeMicros(), cost.connectionMillijoule(), cost.attachMillijoule(), years);
  }
}
