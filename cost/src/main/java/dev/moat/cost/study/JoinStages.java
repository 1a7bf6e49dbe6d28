package dev.moat.cost.study;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.Layer;
import dev.moat.radio.Exchange;
import dev.moat.radio.sixtisch.FrameRoom;
import dev.moat.radio.sixtisch.SixtischModel;
import dev.moat.radio.sixtisch.sim.Stage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a node sends and gets to join, in frames, by protocol. */
final class JoinStages {
  /** How {@code PublishedExchanges} calls those with connection ids. */
  private static final String DTLS_PSK = "published-cid-p256-dtls-1-3-psk-ecdhe";

  private static final String DTLS_RPK = "published-cid-p256-dtls-1-3-rpks-ecdhe";

  private JoinStages() {}

  /**
   * The measured EDHOC exchanges carry the join request with message_3; after a published handshake
   * it goes with the last flight and is answered in a frame. Without a handshake request and
   * response take a frame each (RFC 9031).
   */
  static Map<String, List<Stage>> of(List<CostedExchange> costed, FrameRoom room) {
    Map<String, List<Stage>> stages = new LinkedHashMap<>();
    stages.put(JoinProtocols.COJP, List.of(new Stage(1, 1)));
    stages.put(JoinProtocols.EDHOC, stages(measured(costed, Shapes.SMALLEST), room));
    stages.put(JoinProtocols.EDHOC_SIGNATURES, stages(measured(costed, Shapes.BOTH_SIGN), room));
    stages.put(JoinProtocols.DTLS_PSK, stages(published(costed, DTLS_PSK), room));
    stages.put(JoinProtocols.DTLS_RPK, stages(published(costed, DTLS_RPK), room));
    return Collections.unmodifiableMap(stages);
  }

  private static Exchange measured(List<CostedExchange> costed, EdhocShape shape) {
    return find(costed, one -> one.exchange().shape().filter(shape::equals).isPresent(), shape.id())
        .exchange()
        .all(Layer.PAYLOAD);
  }

  private static Exchange published(List<CostedExchange> costed, String id) {
    return find(costed, one -> one.exchange().id().equals(id), id)
        .exchange()
        .handshake(Layer.PAYLOAD);
  }

  private static CostedExchange find(
      List<CostedExchange> costed, Predicate<CostedExchange> wanted, String id) {
    return costed.stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the study lacks the exchange " + id));
  }

  private static List<Stage> stages(Exchange exchange, FrameRoom room) {
    return Stage.of(SixtischModel.cost(exchange, room));
  }
}
