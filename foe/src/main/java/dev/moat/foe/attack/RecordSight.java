package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.path.Format;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Sight under DTLS and TLS. It is given no key, and reads what {@link Records} leave in clear. Foe
 * goes by direction, order, length and time (the draft, Sections 2.1 and 2.4.3):
 *
 * <ul>
 *   <li>The next record of a direction that holds a message, and no copy of an earlier one, is the
 *       line's.
 *   <li>A retransmission is a record of its own with another sequence number. It is as long as the
 *       first, and comes while the client still waits; an answer of a known length is a copy when
 *       the server owes none.
 *   <li>Challenges, and the requests that repeat themselves because of one, show by their lengths,
 *       as under OSCORE ({@link ProtectedSight}).
 * </ul>
 */
public final class RecordSight implements Sight {
  private static final int MAX_REMEMBERED = 4096;
  // The header of an option behind Echo may grow or shrink by this.
  private static final int TOLERANCE_OCTETS = 2;

  private final Records records;
  private final RecordHabits habits;
  private final Duration retransmissionSpan;
  private final LongSupplier nanoClock;
  private final Map<Bytes, Seen> seen = new HashMap<>();
  private final Deque<Seen> requests = new ArrayDeque<>();
  private final Deque<Seen> responses = new ArrayDeque<>();
  private OptionalInt lastRequestOctets = OptionalInt.empty();
  private OptionalInt challengedOctets = OptionalInt.empty();
  private boolean valueKnown;
  private long valueNanos;
  private int owedAnswers;

  /**
   * Has seen nothing yet.
   *
   * @param retransmissionSpan how long after a response its last retransmission may come
   */
  public RecordSight(
      Records records, RecordHabits habits, Duration retransmissionSpan, LongSupplier nanoClock) {
    this.records = records;
    this.habits = habits;
    this.retransmissionSpan = retransmissionSpan;
    this.nanoClock = nanoClock;
  }

  @Override
  public boolean isMeantBy(Step.Meet line, Bytes unit) {
    OptionalInt octets = message(unit);
    if (octets.isEmpty() || repeats(line.direction(), octets.getAsInt())) {
      return false;
    }
    return line.pattern().isAny()
        || (line.direction() == Direction.TO_SERVER
            ? !repeatsChallenged(octets.getAsInt())
            : !isChallenge(octets.getAsInt()));
  }

  /** The length of the message in a unit; empty without one, as for an empty acknowledgement. */
  private OptionalInt message(Bytes unit) {
    OptionalInt octets = records.messageOctets(unit);
    return octets.isPresent() && !habits.isEmpty(octets.getAsInt()) ? octets : OptionalInt.empty();
  }

  @Override
  public boolean isCopy(Direction direction, Bytes earlier, Bytes unit) {
    Seen first = seen.get(earlier);
    OptionalInt octets = message(unit);
    return first != null
        && octets.isPresent()
        && octets.getAsInt() == first.octets
        && repeats(direction, octets.getAsInt());
  }

  /** On a stream nothing is sent twice (RFC 8323, Section 3). */
  private boolean repeats(Direction direction, int octets) {
    if (habits.format() != Format.UDP) {
      return false;
    }
    if (direction == Direction.TO_SERVER) {
      return requests.stream().anyMatch(request -> request.octets == octets);
    }
    long since = nanoClock.getAsLong() - retransmissionSpan.toNanos();
    return owedAnswers == 0
        && responses.stream().anyMatch(r -> r.octets == octets && r.nanos - since >= 0);
  }

  @Override
  public void noticed(Direction direction, Bytes unit) {
    records.noticed(unit);
    OptionalInt octets = message(unit);
    if (octets.isEmpty() || repeats(direction, octets.getAsInt())) {
      return;
    }
    Seen message = new Seen(octets.getAsInt(), nanoClock.getAsLong());
    if (seen.size() < MAX_REMEMBERED) {
      seen.put(unit.compact(), message);
    }
    if (direction == Direction.TO_SERVER) {
      remember(requests, message);
      challengedOctets = OptionalInt.empty();
      lastRequestOctets = octets;
    } else {
      remember(responses, message);
      answered(octets.getAsInt());
    }
  }

  private static void remember(Deque<Seen> messages, Seen message) {
    messages.add(message);
    if (messages.size() > MAX_REMEMBERED) {
      messages.remove();
    }
  }

  private void answered(int octets) {
    owedAnswers = Math.max(0, owedAnswers - 1);
    if (isChallenge(octets)) {
      challengedOctets = lastRequestOctets;
    }
    if (habits.mayRenew(octets)) {
      valueKnown = true;
      valueNanos = nanoClock.getAsLong();
    }
  }

  /** The server owes an answer to each request that reaches it, but none to a copy. */
  @Override
  public void delivered(Direction direction, Bytes unit) {
    boolean isNew = seen.containsKey(unit) || isNew(direction, unit);
    if (direction == Direction.TO_SERVER && isNew) {
      owedAnswers++;
    }
  }

  private boolean isNew(Direction direction, Bytes unit) {
    OptionalInt octets = message(unit);
    return octets.isPresent() && !repeats(direction, octets.getAsInt());
  }

  @Override
  public void clientRests() {
    requests.clear();
  }

  /**
   * A success with a new value may be as long as a challenge. But who was given a value lately is
   * not challenged.
   */
  private boolean isChallenge(int octets) {
    return habits.isChallenge(octets) && !(valueKnown && isFresh());
  }

  private boolean isFresh() {
    long age = nanoClock.getAsLong() - valueNanos;
    return habits.echo().map(EchoHabits::freshness).filter(f -> age <= f.toNanos()).isPresent();
  }

  private boolean repeatsChallenged(int octets) {
    if (challengedOctets.isEmpty()) {
      return false;
    }
    int growth = octets - challengedOctets.getAsInt();
    return Math.abs(growth) <= TOLERANCE_OCTETS
        || Math.abs(growth - habits.optionOctets()) <= TOLERANCE_OCTETS;
  }

  @Override
  public String describe(Bytes unit) {
    OptionalInt octets = records.messageOctets(unit);
    String text = records.describe(unit);
    return octets.isPresent() ? text + ", of which " + octets.getAsInt() + " of CoAP" : text;
  }

  @Override
  public String describe(Step.Meet line, Bytes unit) {
    return describe(unit) + ", taken for " + line.text();
  }

  /** A message that is no copy. */
  private record Seen(int octets, long nanos) {}
}
