package dev.moat.cost.verdict;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Shapes;
import dev.moat.cost.study.Study;
import java.util.List;

/** What a study knows, by the names the verdicts use. */
final class Evidence {
  private final Study study;

  Evidence(Study study) {
    this.study = study;
  }

  Study study() {
    return study;
  }

  CostedExchange smallest() {
    return edhoc(Shapes.SMALLEST);
  }

  /**
   * The exchange of this shape.
   *
   * @throws IllegalArgumentException when the study has not run it
   */
  CostedExchange edhoc(EdhocShape shape) {
    return study.exchanges().stream()
        .filter(one -> one.exchange().shape().filter(shape::equals).isPresent())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the study lacks the exchange " + shape.id()));
  }

  /** All handshakes of other protocols that authenticate both sides, whatever their origin. */
  List<CostedExchange> others() {
    return study.exchanges().stream()
        .filter(one -> one.exchange().protocol() != Protocol.EDHOC)
        .filter(one -> one.exchange().handshake(Layer.DATAGRAM).octets() > 0)
        .toList();
  }
}
