package dev.moat.cost.report.content;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.report.page.Category;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Shapes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An exchange as the charts show it.
 *
 * @param costed the exchange
 * @param label what its row is called
 */
record Shown(CostedExchange costed, String label) {
  /**
   * Those that are compared: all of other protocols, and of EDHOC the named ones that differ by
   * method and credentials only, and the user's own; where there are none of these, all. The rest
   * is in the panel and the sources. What has no handshake is no row.
   */
  static List<Shown> of(List<CostedExchange> exchanges) {
    boolean hasPlain =
        exchanges.stream().anyMatch(one -> shape(one).filter(Shown::isPlain).isPresent());
    Set<String> labels = new HashSet<>();
    return exchanges.stream()
        .filter(one -> one.handshake(Layer.DATAGRAM).exchange().octets() > 0)
        .filter(one -> !hasPlain || shape(one).map(Shown::isPlain).orElse(true))
        .map(one -> new Shown(one, label(one, hasPlain)))
        .map(one -> labels.add(one.label()) ? one : new Shown(one.costed(), one.title()))
        .toList();
  }

  Category category() {
    return new Category(label, costed.exchange().origin());
  }

  private String title() {
    return costed.exchange().title();
  }

  private static Optional<EdhocShape> shape(CostedExchange costed) {
    return costed.exchange().shape();
  }

  private static boolean isPlain(EdhocShape shape) {
    boolean isKnown = Shapes.all().contains(shape) || shape.initiator() == CredentialForm.OWN;
    return isKnown
        && shape.path() == PathForm.SHORT
        && shape.flow() == Flow.COMBINED
        && shape.begins() == Begins.DEVICE;
  }

  private static String label(CostedExchange costed, boolean hasPlain) {
    Optional<EdhocShape> shape = shape(costed);
    if (!hasPlain || shape.isEmpty()) {
      return costed.exchange().title();
    }
    EdhocShape one = shape.get();
    String credentials =
        one.initiator() == one.responder()
            ? one.initiator().toString()
            : one.initiator() + " and " + one.responder();
    return "EDHOC method " + one.method() + ", " + credentials;
  }
}
