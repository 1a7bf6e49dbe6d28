package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.path.Format;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Sight under OSCORE. It is given no key, and of a message it reads the {@link OuterHeader} only:
 * what a ladder line says of methods, paths, payloads and blocks is the attacker's plan, and finds
 * its datagram by order. The next datagram of a direction that is not a copy of an earlier one is
 * the line's.
 *
 * <p>Challenges, and the requests that repeat themselves because of one, are no messages of the
 * application. They show by their lengths, once it is known which software is under attack: a
 * challenge is as long as its option, and the request that follows is longer by just that option,
 * or as long as before when the value replaces an older one.
 */
public final class ProtectedSight implements Sight {
  private static final int MAX_REMEMBERED = 4096;
  // The header of the option behind Echo may grow or shrink by this.
  private static final int TOLERANCE_OCTETS = 2;

  private final Format format;
  private final Optional<EchoHabits> habits;
  private final LongSupplier nanoClock;
  private final HandshakeSight handshake;
  private final Set<Bytes> seen = new HashSet<>();
  private final Map<Bytes, Integer> octetsByToken = new HashMap<>();
  private OptionalInt challengedOctets = OptionalInt.empty();
  private boolean valueKnown;
  private long valueNanos;

  /**
   * Has seen nothing yet.
   *
   * @param habits of the server's software; empty when it never challenges
   */
  public ProtectedSight(Optional<EchoHabits> habits, LongSupplier nanoClock) {
    this(Format.UDP, habits, nanoClock);
  }

  /**
   * Has seen nothing yet.
   *
   * @param format how messages lie on the path
   * @param habits of the server's software; empty when it never challenges
   */
  public ProtectedSight(Format format, Optional<EchoHabits> habits, LongSupplier nanoClock) {
    this.format = format;
    this.handshake = new HandshakeSight(format);
    this.habits = habits;
    this.nanoClock = nanoClock;
  }

  @Override
  public boolean isMeantBy(Step.Meet line, Bytes datagram) {
    if (seen.contains(datagram)) {
      return false;
    }
    if (line.pattern().isAny()) {
      return format.decode(datagram).isPresent();
    }
    if (line.pattern().handshake().isPresent()) {
      return handshake.messageIn(datagram).equals(line.pattern().handshake());
    }
    Optional<OuterHeader> outer = OuterHeader.of(format, datagram);
    return outer.isPresent()
        && (line.direction() == Direction.TO_SERVER
            ? !repeatsChallenged(outer.get())
            : !isChallenge(outer.get()));
  }

  @Override
  public void noticed(Direction direction, Bytes datagram) {
    Optional<OuterHeader> outer = OuterHeader.of(format, datagram);
    boolean isNew = seen.size() < MAX_REMEMBERED && seen.add(datagram);
    if (outer.isEmpty() || !isNew) {
      if (handshake.messageIn(datagram).isPresent()) {
        known();
      }
      handshake.noticed(datagram);
      return;
    }
    if (direction == Direction.TO_SERVER) {
      challengedOctets = OptionalInt.empty();
      octetsByToken.put(outer.get().token(), outer.get().cipherOctets());
    } else {
      answered(outer.get());
    }
  }

  /** On a stream nothing is sent twice (RFC 8323, Section 3). */
  @Override
  public boolean isCopy(Direction direction, Bytes earlier, Bytes unit) {
    return format == Format.UDP && earlier.equals(unit);
  }

  private void answered(OuterHeader response) {
    Integer asked = octetsByToken.get(response.token());
    if (asked != null && isChallenge(response)) {
      challengedOctets = OptionalInt.of(asked);
    }
    if (habits.isPresent() && response.cipherOctets() >= habits.get().challengeOctets()) {
      known();
    }
  }

  /**
   * From now on, and for as long as the server's window, its client is fresh without being asked.
   */
  private void known() {
    valueKnown = true;
    valueNanos = nanoClock.getAsLong();
  }

  /**
   * A success with a new value may be as long as a challenge. But who was given a value lately, or
   * shook hands with the server, is not challenged.
   */
  private boolean isChallenge(OuterHeader response) {
    return habits
        .filter(known -> response.cipherOctets() == known.challengeOctets())
        .filter(known -> !valueKnown || valueAgeNanos() > known.freshness().toNanos())
        .isPresent();
  }

  private long valueAgeNanos() {
    return nanoClock.getAsLong() - valueNanos;
  }

  private boolean repeatsChallenged(OuterHeader request) {
    if (habits.isEmpty() || challengedOctets.isEmpty()) {
      return false;
    }
    int growth = request.cipherOctets() - challengedOctets.getAsInt();
    return Math.abs(growth) <= TOLERANCE_OCTETS
        || Math.abs(growth - habits.get().optionOctets()) <= TOLERANCE_OCTETS;
  }

  @Override
  public String describe(Bytes datagram) {
    boolean combined = handshake.messageIn(datagram).isPresent();
    return OuterHeader.of(format, datagram)
        .map(outer -> outer.words() + (combined ? ", EDHOC message_3 among them" : ""))
        .or(() -> handshake.describe(datagram))
        .orElseGet(() -> new ClearSight(format).describe(datagram));
  }

  @Override
  public String describe(Step.Meet line, Bytes datagram) {
    boolean known = line.pattern().handshake().isPresent();
    return known ? describe(datagram) : describe(datagram) + ", taken for " + line.text();
  }
}
