package dev.moat.cost.study;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Exchange;
import dev.moat.radio.device.Cell;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.nbiot.Coverage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What each choice costs, worked out beforehand by the models: a table that a reader of the report
 * moves in. A combination that is not in it was not run, and has no numbers.
 *
 * @param choices what can be chosen beside the exchange
 * @param rules choices that exclude each other, and why
 * @param runs the exchanges, each with its costs
 */
public record WhatIf(Choices choices, List<Rule> rules, List<Run> runs) {

  /** What of an exchange is costed. */
  public enum Span {
    /** What establishes the keys; a combined request counts. */
    HANDSHAKE,
    /** All until the first protected response is there. */
    UNTIL_RESPONSE
  }

  /** How a number stands to its limit. */
  public enum Outcome {
    /** Within the limit. */
    MET,
    /** Beyond it. */
    MISSED
  }

  /**
   * What can be chosen beside the exchange; the lists of costs are in the same order.
   *
   * @param lorawan regions and data rates
   * @param hops numbers of hops on 6TiSCH
   * @param coverages coverages of NB-IoT
   * @param cells what the device lives on
   * @param rekeys how often keys are renewed
   */
  public record Choices(
      List<LorawanSettings> lorawan,
      List<Integer> hops,
      List<Coverage> coverages,
      List<Cell> cells,
      List<Rekey> rekeys) {
    /** Keeps copies. */
    public Choices {
      lorawan = List.copyOf(lorawan);
      hops = List.copyOf(hops);
      coverages = List.copyOf(coverages);
      cells = List.copyOf(cells);
      rekeys = List.copyOf(rekeys);
    }
  }

  /**
   * How often keys are renewed.
   *
   * @param words what it is called
   * @param interval from one handshake to the next
   */
  public record Rekey(String words, Duration interval) {}

  /**
   * Two choices that exclude each other.
   *
   * @param field the first choice's name, as in {@link #fields}
   * @param value its value
   * @param otherField the second choice's name
   * @param otherValue its value
   * @param reason why
   */
  public record Rule(
      String field, String value, String otherField, String otherValue, String reason) {}

  /**
   * An exchange and what it costs.
   *
   * @param exchange as it was recorded or published
   * @param costs what it costs, by what is counted
   */
  public record Run(RecordedExchange exchange, Map<Counted, Costs> costs) {
    /** Keeps a copy. */
    public Run {
      costs = Map.copyOf(costs);
    }

    /**
     * The costs when {@code layer} of {@code span} is counted.
     *
     * @throws IllegalArgumentException when they were not worked out
     */
    public Costs costs(Layer layer, Span span) {
      Costs found = costs.get(new Counted(layer, span));
      if (found == null) {
        throw new IllegalArgumentException(
            exchange.id() + " was not costed at " + layer + " for " + span);
      }
      return found;
    }
  }

  /**
   * What is counted.
   *
   * @param layer what of a datagram
   * @param span what of the exchange
   */
  public record Counted(Layer layer, Span span) {}

  /**
   * What an exchange costs on every radio.
   *
   * @param exchange what was costed on LoRaWAN and NB-IoT
   * @param lorawan for each data rate
   * @param sixtisch for each number of hops; always the CoAP payloads, as the model asks
   * @param nbiot for each coverage
   */
  public record Costs(Exchange exchange, List<Air> lorawan, List<Mesh> sixtisch, List<Nb> nbiot) {
    /** Keeps copies. */
    public Costs {
      lorawan = List.copyOf(lorawan);
      sixtisch = List.copyOf(sixtisch);
      nbiot = List.copyOf(nbiot);
    }
  }

  /**
   * Held against a limit.
   *
   * @param outcome how it stands
   * @param words the limit, and by how much it is kept or missed
   */
  public record Judged(Outcome outcome, String words) {}

  /**
   * On LoRaWAN at one data rate.
   *
   * @param messagePackets packets of each message
   * @param messageMicros time on air of each message
   * @param uplinkMicros time on air of all that goes up
   * @param downlinkMicros time on air of all that goes down
   * @param offMicros how long the device keeps silent for its duty cycle
   * @param packetsJudged a handshake's packets held against their limit
   * @param uplinkJudged a handshake's uplink time on air held against the band
   */
  public record Air(
      List<Integer> messagePackets,
      List<Long> messageMicros,
      long uplinkMicros,
      long downlinkMicros,
      long offMicros,
      Optional<Judged> packetsJudged,
      Optional<Judged> uplinkJudged) {
    /** Keeps copies. */
    public Air {
      messagePackets = List.copyOf(messagePackets);
      messageMicros = List.copyOf(messageMicros);
    }

    /** All packets of both directions. */
    public int packets() {
      return messagePackets.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * On 6TiSCH at one number of hops.
   *
   * @param messageFrames frames of each message
   * @param meanFill how full they are, 0 to 1
   * @param framesJudged a handshake's frames held against their limit
   */
  public record Mesh(List<Integer> messageFrames, double meanFill, Optional<Judged> framesJudged) {
    /** Keeps a copy. */
    public Mesh {
      messageFrames = List.copyOf(messageFrames);
    }

    /** All frames of both directions. */
    public int frames() {
      return messageFrames.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * On NB-IoT at one coverage.
   *
   * @param micros how long the messages take
   * @param connectionMillijoule what they cost
   * @param attachMillijoule what attaching to the network costs beside
   * @param years how long each cell lasts at each rekey interval, attaching for each handshake
   */
  public record Nb(
      long micros, double connectionMillijoule, double attachMillijoule, List<List<Double>> years) {
    /** Keeps copies. */
    public Nb {
      years = years.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException when a run lacks the costs of a choice
   */
  public WhatIf {
    rules = List.copyOf(rules);
    runs = List.copyOf(runs);
    for (Run run : runs) {
      for (Costs costs : run.costs().values()) {
        requireSize(run, "data rates", costs.lorawan(), choices.lorawan());
        requireSize(run, "hops", costs.sixtisch(), choices.hops());
        requireSize(run, "coverages", costs.nbiot(), choices.coverages());
      }
    }
  }

  private static void requireSize(Run run, String what, List<?> costs, List<?> choices) {
    if (costs.size() != choices.size()) {
      throw new IllegalArgumentException(
          "%s has costs for %d %s, and there are %d to choose from"
              .formatted(run.exchange().id(), costs.size(), what, choices.size()));
    }
  }

  /** What of an EDHOC exchange can be chosen, by the names of the controls. */
  public static Map<String, String> fields(EdhocShape shape) {
    return Map.of(
        "method", Integer.toString(shape.method()),
        "initiator", shape.initiator().toString(),
        "responder", shape.responder().toString(),
        "suite", Integer.toString(shape.suite()),
        "path", lower(shape.path()),
        "flow", lower(shape.flow()),
        "begins", lower(shape.begins()));
  }

  private static String lower(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
