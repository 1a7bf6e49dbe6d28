package dev.moat.cost.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.study.WhatIf;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The table of what each choice costs, as the page's script reads it. */
final class WhatIfData {
  private WhatIfData() {}

  static void fill(ObjectNode node, WhatIf whatIf) {
    ArrayNode rules = node.putArray("rules");
    for (WhatIf.Rule rule : whatIf.rules()) {
      rules
          .addObject()
          .put("field", rule.field())
          .put("value", rule.value())
          .put("otherField", rule.otherField())
          .put("otherValue", rule.otherValue())
          .put("reason", rule.reason());
    }
    ArrayNode runs = node.putArray("runs");
    whatIf.runs().forEach(run -> run(runs.addObject(), run));
  }

  /** The name of what is counted, as the controls' values make it. */
  static String key(WhatIf.Counted counted) {
    return lower(counted.layer()) + "/" + lower(counted.span());
  }

  static String lower(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  private static void run(ObjectNode node, WhatIf.Run run) {
    node.put("id", run.exchange().id())
        .put("title", run.exchange().title())
        .put("origin", lower(run.exchange().origin()))
        .put("published", run.exchange().origin() == Origin.PUBLISHED)
        .put("source", run.exchange().source());
    run.exchange()
        .shape()
        .ifPresent(
            shape -> {
              ObjectNode fields = node.putObject("shape");
              new TreeMap<>(WhatIf.fields(shape)).forEach(fields::put);
            });
    ObjectNode costs = node.putObject("costs");
    TreeMap<String, WhatIf.Costs> sorted = new TreeMap<>();
    run.costs().forEach((counted, one) -> sorted.put(key(counted), one));
    sorted.forEach((key, one) -> costs(costs.putObject(key), one));
  }

  private static void costs(ObjectNode node, WhatIf.Costs costs) {
    Exchange exchange = costs.exchange();
    node.put("flights", exchange.flights())
        .put("octets", exchange.octets())
        .put("uplinkOctets", exchange.octets(Direction.UPLINK))
        .put("downlinkOctets", exchange.octets(Direction.DOWNLINK));
    ArrayNode messages = node.putArray("messages");
    exchange
        .messages()
        .forEach(
            one ->
                messages
                    .addObject()
                    .put("name", one.name())
                    .put("direction", lower(one.direction()))
                    .put("octets", one.octets()));
    ArrayNode lorawan = node.putArray("lorawan");
    costs.lorawan().forEach(one -> air(lorawan.addObject(), one));
    ArrayNode sixtisch = node.putArray("sixtisch");
    costs.sixtisch().forEach(one -> mesh(sixtisch.addObject(), one));
    ArrayNode nbiot = node.putArray("nbiot");
    costs.nbiot().forEach(one -> nb(nbiot.addObject(), one));
  }

  private static void air(ObjectNode node, WhatIf.Air air) {
    ArrayNode packets = node.putArray("messagePackets");
    air.messagePackets().forEach(packets::add);
    ArrayNode micros = node.putArray("messageMicros");
    air.messageMicros().forEach(micros::add);
    node.put("packets", air.packets())
        .put("uplinkMicros", air.uplinkMicros())
        .put("downlinkMicros", air.downlinkMicros())
        .put("offMicros", air.offMicros());
    judged(node, "packetsJudged", air.packetsJudged());
    judged(node, "uplinkJudged", air.uplinkJudged());
  }

  private static void mesh(ObjectNode node, WhatIf.Mesh mesh) {
    ArrayNode frames = node.putArray("messageFrames");
    mesh.messageFrames().forEach(frames::add);
    node.put("frames", mesh.frames()).put("meanFill", mesh.meanFill());
    judged(node, "framesJudged", mesh.framesJudged());
  }

  private static void nb(ObjectNode node, WhatIf.Nb nb) {
    node.put("micros", nb.micros())
        .put("connectionMillijoule", nb.connectionMillijoule())
        .put("attachMillijoule", nb.attachMillijoule());
    ArrayNode cells = node.putArray("years");
    for (List<Double> intervals : nb.years()) {
      ArrayNode years = cells.addArray();
      intervals.forEach(years::add);
    }
  }

  private static void judged(ObjectNode parent, String name, Optional<WhatIf.Judged> judged) {
    judged.ifPresent(
        one ->
            parent.putObject(name).put("outcome", lower(one.outcome())).put("words", one.words()));
  }
}
