package dev.moat.cost.study;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Exchange;
import dev.moat.radio.sixtisch.FrameRoom;
import dev.moat.radio.sixtisch.SixtischModel;
import dev.moat.radio.sixtisch.sim.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node sends and gets to join, by protocol, in frames. */
final class JoinStages {
  private final FrameRoom room;
  private final Map<String, List<Stage>> byProtocol = new LinkedHashMap<>();

  /** A join request under a key that is there takes a frame, and its response one (RFC 9031). */
  JoinStages(FrameRoom room) {
    this.room = room;
    byProtocol.put(JoinProtocols.COJP, List.of(new Stage(1, 1)));
  }

  /** A handshake whose first protected request is the join request. */
  void withRequest(String protocol, RecordedExchange exchange) {
    byProtocol.put(protocol, stages(exchange.all(Layer.PAYLOAD)));
  }

  /** A handshake alone; the join request goes with its last flight and is answered in a frame. */
  void alone(String protocol, RecordedExchange exchange) {
    byProtocol.put(protocol, stages(exchange.handshake(Layer.PAYLOAD)));
  }

  Map<String, List<Stage>> byProtocol() {
    return java.util.Collections.unmodifiableMap(byProtocol);
  }

  private List<Stage> stages(Exchange exchange) {
    return new ArrayList<>(Stage.of(SixtischModel.cost(exchange, room)));
  }
}
