package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.foe.attack.Records;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.path.Format;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The messages inside of records: both ends tell what they hand to their transport, and records
 * carry that in the same order. Which record carries which message shows by its length; records of
 * the transport's own, such as tickets, carry none.
 *
 * <p>The ends tell from their own threads; everything else belongs to the loop of the run.
 */
final class RecordedMessages implements Opened {
  private static final int MAX_REMEMBERED = 4096;
  private static final int LOOK_AHEAD = 64;
  // RFC 6455, Section 5.2: the header of a short frame, and the key that masks what clients send.
  private static final int FRAME_HEADER_OCTETS = 2;
  private static final int MASKING_KEY_OCTETS = 4;

  private final Format format;
  private final Records records;
  private final Map<Direction, Queue<Bytes>> told = new EnumMap<>(Direction.class);
  private final Map<Direction, Deque<Bytes>> waiting = new EnumMap<>(Direction.class);
  private final Map<Bytes, Optional<Message>> known = new HashMap<>();

  RecordedMessages(Transport transport, Records records) {
    this.format = transport.format();
    this.records = records;
    for (Direction direction : Direction.values()) {
      told.put(direction, new ConcurrentLinkedQueue<>());
      waiting.put(direction, new ArrayDeque<>());
    }
  }

  /** An end hands {@code octets} to its transport. On any thread. */
  void sent(Direction direction, Bytes octets) {
    told.getOrDefault(direction, new ConcurrentLinkedQueue<>()).add(octets.compact());
  }

  @Override
  public Optional<Message> message(Direction direction, Bytes unit) {
    Optional<Message> before = known.get(unit);
    if (before != null) {
      return before;
    }
    records.noticed(unit);
    OptionalInt octets = records.messageOctets(unit);
    Optional<Message> message =
        octets.isEmpty()
            ? Optional.empty()
            : carried(direction, octets.getAsInt()).flatMap(format::decode);
    if (known.size() < MAX_REMEMBERED) {
      known.put(unit.compact(), message);
    }
    return message;
  }

  /** What is that long, and all that was told before it, is no longer waited for. */
  private Optional<Bytes> carried(Direction direction, int octets) {
    Deque<Bytes> queue = waiting.getOrDefault(direction, new ArrayDeque<>());
    Queue<Bytes> news = told.getOrDefault(direction, new ConcurrentLinkedQueue<>());
    for (Bytes next = news.poll(); next != null; next = news.poll()) {
      queue.add(next);
    }
    int passedOver = 0;
    for (Bytes candidate : List.copyOf(queue)) {
      if (candidate.length() + framingOctets(direction) == octets) {
        return Optional.of(taken(queue, passedOver));
      }
      if (++passedOver > LOOK_AHEAD) {
        break;
      }
    }
    return Optional.empty();
  }

  private static Bytes taken(Deque<Bytes> queue, int passedOver) {
    for (int i = 0; i < passedOver; i++) {
      queue.removeFirst();
    }
    return queue.removeFirst();
  }

  private int framingOctets(Direction direction) {
    if (format != Format.WEBSOCKET) {
      return 0;
    }
    return FRAME_HEADER_OCTETS + (direction == Direction.TO_SERVER ? MASKING_KEY_OCTETS : 0);
  }
}
