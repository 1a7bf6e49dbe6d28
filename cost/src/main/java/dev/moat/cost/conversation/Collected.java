package dev.moat.cost.conversation;

import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Part;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of one exchange, while the conversation is read. */
final class Collected {
  private final Subject subject;
  private final List<ExchangeMessage> messages = new ArrayList<>();
  private final Map<String, Repeat> repeats = new LinkedHashMap<>();
  private Optional<Boolean> askedByClient = Optional.empty();
  private boolean answered;

  Collected(Subject subject) {
    this.subject = subject;
  }

  /** What it is about. */
  Subject subject() {
    return subject;
  }

  /** True until the first protected request and its response are there. */
  boolean takesData() {
    return !answered;
  }

  /** Adds what a datagram carries. */
  void add(Piece piece, CapturedDatagram datagram, boolean fromClient, Direction direction) {
    boolean carriesData = piece.subject() == Subject.PROTECTED || piece.part() == Part.COMBINED;
    if (carriesData && piece.acknowledged().isEmpty()) {
      answered |= askedByClient.isPresent() && askedByClient.get() != fromClient;
      askedByClient = askedByClient.or(() -> Optional.of(fromClient));
    }
    messages.add(
        new ExchangeMessage(
            piece.name(),
            direction,
            piece.part(),
            piece.messageOctets(),
            piece.payloadOctets(),
            datagram.payload().length(),
            Optional.of(datagram.payload())));
  }

  /** Counts what was there before. */
  void again(String name, int octets) {
    Repeat unused =
        repeats.merge(
            name,
            new Repeat(name, 1, octets),
            (one, more) -> new Repeat(name, one.times() + 1, octets));
  }

  /** The messages so far. */
  List<ExchangeMessage> messages() {
    return List.copyOf(messages);
  }

  /** What was sent again so far. */
  List<Repeat> repeats() {
    return List.copyOf(repeats.values());
  }
}
