package dev.moat.cost.conversation;

import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.capture.CapturedDatagram.Carrier;
import dev.moat.cost.capture.Endpoint;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Exchanges out of captured datagrams. */
public final class CapturedExchanges {
  private final CaptureView view;
  private final List<CapturedExchange> exchanges = new ArrayList<>();

  private CapturedExchanges(CaptureView view) {
    this.view = view;
  }

  /**
   * Groups datagrams by the pair of endpoints, and cuts each group into exchanges: handshakes, each
   * with the first protected request and its response; and what else was said, one exchange for
   * protected data, one for plain CoAP, one for what is neither.
   *
   * @param datagrams in the order of the capture
   * @return in the order in which the pairs of endpoints, and then their exchanges, begin
   */
  public static List<CapturedExchange> of(List<CapturedDatagram> datagrams, CaptureView view) {
    Map<Pair, Conversation> conversations = new LinkedHashMap<>();
    for (CapturedDatagram one : datagrams) {
      conversations.computeIfAbsent(Pair.of(one), unused -> new Conversation()).add(one);
    }
    CapturedExchanges found = new CapturedExchanges(view);
    conversations.values().forEach(found::add);
    return List.copyOf(found.exchanges);
  }

  private void add(Conversation conversation) {
    Reading reading = conversation.reading(view.edhocPath());
    List<Collected> cut = conversation.cut(reading, view.device());
    for (Collected one : cut) {
      exchanges.add(exchange(conversation, reading, one));
    }
  }

  private CapturedExchange exchange(Conversation conversation, Reading reading, Collected one) {
    Endpoint client = conversation.client();
    Endpoint server = conversation.server();
    Protocol protocol = reading.protocol(one.subject());
    String name = name(protocol, one.subject(), conversation.carrier());
    RecordedExchange recorded =
        new RecordedExchange(
            id(name),
            name + ", " + client + " with " + server,
            protocol,
            Origin.CAPTURED,
            view.source(),
            Optional.empty(),
            one.messages());
    return new CapturedExchange(recorded, client, server, one.repeats(), reading.remarks());
  }

  private static String name(Protocol protocol, Subject subject, Carrier carrier) {
    return switch (subject) {
      case HANDSHAKE -> protocol == Protocol.OTHER ? "TLS" : protocol.toString();
      case PROTECTED -> (protocol == Protocol.OTHER ? "TLS" : protocol) + " data";
      case PLAIN -> "CoAP";
      case OPAQUE -> carrier.toString();
    };
  }

  private String id(String name) {
    String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return view.idPrefix() + "-" + (exchanges.size() + 1) + "-" + words;
  }

  /** Two endpoints, whoever sends. */
  private record Pair(Endpoint lower, Endpoint higher, Carrier carrier) {
    static Pair of(CapturedDatagram one) {
      boolean ascending = one.from().compareTo(one.to()) <= 0;
      return new Pair(
          ascending ? one.from() : one.to(), ascending ? one.to() : one.from(), one.carrier());
    }
  }
}
