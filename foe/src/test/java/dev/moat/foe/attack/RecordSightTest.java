package dev.moat.foe.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.foe.path.Format;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Fate;
import dev.moat.foe.scenario.Pattern;
import dev.moat.foe.scenario.Step;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Foe under DTLS and TLS: direction, order, length and time. */
class RecordSightTest {
  private static final int GCM_OVERHEAD = 24;
  private static final int TLS_OVERHEAD = 33;
  private static final int VALUE = 14;
  // Header, a token of one octet, and the option with its header.
  private static final int CHALLENGE = 4 + 1 + 3 + VALUE;
  private static final int REQUEST = 12;
  private static final int OPTION = 3 + VALUE;

  private long nowNanos;
  private int number;

  private RecordSight dtls(boolean challenges) {
    Optional<EchoHabits> habits =
        challenges
            ? Optional.of(new EchoHabits(VALUE, 8, Duration.ofMillis(400)))
            : Optional.empty();
    return new RecordSight(
        new Records(Transport.Security.DTLS, 0),
        new RecordHabits(Format.UDP, habits, false),
        Duration.ofMillis(700),
        () -> nowNanos);
  }

  private RecordSight tls() {
    return new RecordSight(
        new Records(Transport.Security.TLS, 0),
        new RecordHabits(Format.TCP, Optional.empty(), false),
        Duration.ofMillis(700),
        () -> nowNanos);
  }

  private void pass(long millis) {
    nowNanos += millis * 1_000_000;
  }

  /** A record with a sequence number of its own, that protects a message of so many octets. */
  private Bytes record(int messageOctets) {
    int fragment = messageOctets + GCM_OVERHEAD;
    number++;
    return Bytes.of(23, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, number >> 8, number & 0xff)
        .plus(Bytes.of(fragment >> 8, fragment & 0xff))
        .plus(Bytes.copyOf(new byte[fragment]));
  }

  private Bytes tlsRecord(int messageOctets) {
    number++;
    return Bytes.of(23, 3, 3, 0, messageOctets + TLS_OVERHEAD, number)
        .plus(Bytes.copyOf(new byte[messageOctets + TLS_OVERHEAD - 1]));
  }

  private static Step.Meet line(Direction direction) {
    Pattern something =
        new Pattern(
            Optional.of(direction == Direction.TO_SERVER ? Code.PUT : Code.CHANGED),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Step.Meet(1, "a line", direction, new Fate.Pass(), something);
  }

  private static boolean means(RecordSight sight, Direction direction, Bytes unit) {
    return sight.isMeantBy(line(direction), unit);
  }

  /** As Foe does it when it lets a unit pass. */
  private Bytes passes(RecordSight sight, Direction direction, int messageOctets) {
    Bytes unit = record(messageOctets);
    sight.delivered(direction, unit);
    sight.noticed(direction, unit);
    return unit;
  }

  @Test
  @Tag("AT-13")
  void takesTheNextMessageOfADirectionWhateverIsInIt() {
    RecordSight sight = dtls(false);
    assertThat(means(sight, Direction.TO_SERVER, record(REQUEST))).isTrue();
    assertThat(means(sight, Direction.TO_CLIENT, record(5))).isTrue();
  }

  @Test
  void takesNoEmptyAcknowledgementAndNothingOfTheHandshakeForAMessage() {
    RecordSight sight = dtls(false);
    assertThat(means(sight, Direction.TO_CLIENT, record(4))).isFalse();
    Bytes handshake = Bytes.of(22).plus(record(40).slice(1, 40));
    assertThat(means(sight, Direction.TO_SERVER, handshake)).isFalse();
  }

  @Test
  @Tag("AT-14")
  void knowsARetransmissionByItsLengthThoughItIsAnotherRecord() {
    RecordSight sight = dtls(false);
    Bytes first = passes(sight, Direction.TO_SERVER, REQUEST);
    Bytes copy = record(REQUEST);
    assertThat(copy).isNotEqualTo(first);
    assertThat(sight.isCopy(Direction.TO_SERVER, first, copy)).isTrue();
    assertThat(means(sight, Direction.TO_SERVER, copy)).isFalse();
    assertThat(sight.isCopy(Direction.TO_SERVER, first, record(REQUEST + 1))).isFalse();
  }

  @Test
  @Tag("AT-14")
  void takesTheSameLengthForANewRequestOnceTheClientHasGivenUp() {
    RecordSight sight = dtls(false);
    Bytes first = passes(sight, Direction.TO_SERVER, REQUEST);
    sight.clientRests();
    Bytes again = record(REQUEST);
    assertThat(sight.isCopy(Direction.TO_SERVER, first, again)).isFalse();
    assertThat(means(sight, Direction.TO_SERVER, again)).isTrue();
  }

  @Test
  void takesAnAnswerForACopyOnlyWhenTheServerOwesNone() {
    RecordSight sight = dtls(false);
    passes(sight, Direction.TO_SERVER, 40);
    Bytes answer = passes(sight, Direction.TO_CLIENT, 7);
    assertThat(sight.isCopy(Direction.TO_CLIENT, answer, record(7))).isTrue();
    passes(sight, Direction.TO_SERVER, 41);
    assertThat(sight.isCopy(Direction.TO_CLIENT, answer, record(7))).isFalse();
    assertThat(means(sight, Direction.TO_CLIENT, record(7))).isTrue();
  }

  @Test
  void countsNoAnswerForARetransmittedRequest() {
    RecordSight sight = dtls(false);
    passes(sight, Direction.TO_SERVER, 40);
    Bytes answer = passes(sight, Direction.TO_CLIENT, 7);
    passes(sight, Direction.TO_SERVER, 40);
    assertThat(sight.isCopy(Direction.TO_CLIENT, answer, record(7))).isTrue();
  }

  @Test
  void countsAnAnswerForWhatItHeldAndReleases() {
    RecordSight sight = dtls(false);
    Bytes held = record(40);
    sight.noticed(Direction.TO_SERVER, held);
    passes(sight, Direction.TO_SERVER, 41);
    Bytes answer = passes(sight, Direction.TO_CLIENT, 7);
    sight.delivered(Direction.TO_SERVER, held);
    assertThat(sight.isCopy(Direction.TO_CLIENT, answer, record(7))).isFalse();
  }

  @Test
  void waitsForNoRetransmissionOfAnAnswerForEver() {
    RecordSight sight = dtls(false);
    passes(sight, Direction.TO_SERVER, 40);
    Bytes answer = passes(sight, Direction.TO_CLIENT, 7);
    pass(701);
    assertThat(sight.isCopy(Direction.TO_CLIENT, answer, record(7))).isFalse();
  }

  @Test
  @Tag("AT-23")
  void passesOverChallengesAndTheRequestsThatTheyCause() {
    RecordSight sight = dtls(true);
    passes(sight, Direction.TO_SERVER, REQUEST);
    Bytes challenge = record(CHALLENGE);
    assertThat(means(sight, Direction.TO_CLIENT, challenge)).isFalse();
    sight.noticed(Direction.TO_CLIENT, challenge);
    assertThat(means(sight, Direction.TO_SERVER, record(REQUEST + OPTION))).isFalse();
    passes(sight, Direction.TO_SERVER, REQUEST + OPTION);
    // A success that renews the value is as long, but who has a fresh one is not challenged.
    assertThat(means(sight, Direction.TO_CLIENT, record(CHALLENGE))).isTrue();
  }

  @Test
  @Tag("AT-23")
  void expectsAChallengeAgainOnceTheValueIsOld() {
    RecordSight sight = dtls(true);
    passes(sight, Direction.TO_SERVER, REQUEST);
    passes(sight, Direction.TO_CLIENT, CHALLENGE);
    pass(401);
    passes(sight, Direction.TO_SERVER, REQUEST + OPTION);
    assertThat(means(sight, Direction.TO_CLIENT, record(CHALLENGE))).isFalse();
  }

  @Test
  void takesNothingForACopyOnAStream() {
    RecordSight sight = tls();
    Bytes first = tlsRecord(REQUEST);
    sight.noticed(Direction.TO_SERVER, first);
    assertThat(means(sight, Direction.TO_SERVER, tlsRecord(REQUEST))).isTrue();
    assertThat(sight.isCopy(Direction.TO_SERVER, first, tlsRecord(REQUEST))).isFalse();
    assertThat(means(sight, Direction.TO_CLIENT, tlsRecord(2))).as("an alert").isFalse();
    assertThat(means(sight, Direction.TO_CLIENT, tlsRecord(3))).as("2.04").isTrue();
  }

  @Test
  void describesNoMoreThanThereIsToSee() {
    assertThat(dtls(false).describe(line(Direction.TO_SERVER), record(REQUEST)))
        .isEqualTo(
            "DTLS application_data epoch=1 seq=1, 49 octets, of which 12 of CoAP, taken for a line");
  }
}
