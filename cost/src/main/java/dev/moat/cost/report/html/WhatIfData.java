package dev.moat.cost.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.study.WhatIf;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The table of what each choice costs, as the page's script reads it. What there is thousands of is
 * written as lists, whose order the script knows, and each judgement once.
 */
final class WhatIfData {
  private static final int NOT_JUDGED = -1;
  private final ObjectNode root;
  private final Map<WhatIf.Judged, Integer> judged = new LinkedHashMap<>();

  private WhatIfData(ObjectNode root) {
    this.root = root;
  }

  static void fill(ObjectNode node, WhatIf whatIf) {
    new WhatIfData(node).fill(whatIf);
  }

  private void fill(WhatIf whatIf) {
    ArrayNode rules = root.putArray("rules");
    for (WhatIf.Rule rule : whatIf.rules()) {
      rules
          .addObject()
          .put("field", rule.field())
          .put("value", rule.value())
          .put("otherField", rule.otherField())
          .put("otherValue", rule.otherValue())
          .put("reason", rule.reason());
    }
    ArrayNode runs = root.putArray("runs");
    whatIf.runs().forEach(run -> run(runs.addObject(), run));
    ArrayNode words = root.putArray("judged");
    judged
        .keySet()
        .forEach(
            one ->
                words.addObject().put("outcome", lower(one.outcome())).put("words", one.words()));
  }

  private void run(ObjectNode node, WhatIf.Run run) {
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

  private void costs(ObjectNode node, WhatIf.Costs costs) {
    Exchange exchange = costs.exchange();
    node.put("flights", exchange.flights())
        .put("octets", exchange.octets())
        .put("uplinkOctets", exchange.octets(Direction.UPLINK))
        .put("downlinkOctets", exchange.octets(Direction.DOWNLINK));
    ArrayNode messages = node.putArray("messages");
    for (Message one : exchange.messages()) {
      messages.addArray().add(one.name()).add(lower(one.direction())).add(one.octets());
    }
    ArrayNode lorawan = node.putArray("lorawan");
    costs.lorawan().forEach(one -> air(lorawan.addArray(), one));
    ArrayNode sixtisch = node.putArray("sixtisch");
    costs.sixtisch().forEach(one -> mesh(sixtisch.addArray(), one));
    ArrayNode nbiot = node.putArray("nbiot");
    costs.nbiot().forEach(one -> nb(nbiot.addArray(), one));
  }

  private void air(ArrayNode node, WhatIf.Air air) {
    ArrayNode packets = node.addArray();
    air.messagePackets().forEach(packets::add);
    ArrayNode micros = node.addArray();
    air.messageMicros().forEach(micros::add);
    node.add(air.packets())
        .add(air.uplinkMicros())
        .add(air.downlinkMicros())
        .add(air.offMicros())
        .add(index(air.packetsJudged()))
        .add(index(air.uplinkJudged()));
  }

  private void mesh(ArrayNode node, WhatIf.Mesh mesh) {
    ArrayNode frames = node.addArray();
    mesh.messageFrames().forEach(frames::add);
    node.add(mesh.frames()).add(mesh.meanFill()).add(index(mesh.framesJudged()));
  }

  private static void nb(ArrayNode node, WhatIf.Nb nb) {
    node.add(nb.micros()).add(nb.connectionMillijoule()).add(nb.attachMillijoule());
    ArrayNode cells = node.addArray();
    for (List<Double> intervals : nb.years()) {
      ArrayNode years = cells.addArray();
      intervals.forEach(years::add);
    }
  }

  /** Where the words stand in the list of all judgements. */
  private int index(Optional<WhatIf.Judged> one) {
    return one.map(words -> judged.computeIfAbsent(words, unseen -> judged.size()))
        .orElse(NOT_JUDGED);
  }

  /** The name of what is counted, as the controls' values make it. */
  private static String key(WhatIf.Counted counted) {
    return lower(counted.layer()) + "/" + lower(counted.span());
  }

  private static String lower(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
