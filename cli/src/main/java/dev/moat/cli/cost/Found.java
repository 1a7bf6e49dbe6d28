package dev.moat.cli.cost;

import dev.moat.cost.conversation.CapturedExchange;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the command line named to be costed.
 *
 * @param captured out of captures
 * @param byHand with sizes from the command line
 * @param notes what was left out of captures
 */
record Found(List<CapturedExchange> captured, List<RecordedExchange> byHand, List<String> notes) {
  /** Keeps copies. */
  Found {
    captured = List.copyOf(captured);
    byHand = List.copyOf(byHand);
    notes = List.copyOf(notes);
  }

  /** All of them. */
  List<RecordedExchange> exchanges() {
    return Stream.concat(captured.stream().map(CapturedExchange::exchange), byHand.stream())
        .toList();
  }
}
