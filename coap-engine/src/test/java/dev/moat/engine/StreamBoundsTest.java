package dev.moat.engine;

import static dev.moat.engine.StreamDriver.OTHER;
import static dev.moat.engine.StreamDriver.PEER;
import static dev.moat.engine.StreamDriver.csm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.signal.Signal;
import dev.moat.coap.signal.Signals;
import dev.moat.engine.stream.ConnectionEvent;
import dev.moat.engine.stream.ConnectionLimits;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.Fault;
import dev.moat.engine.stream.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What connections may cost, and how they end with their endpoint. */
class StreamBoundsTest {
  private static final ConnectionRules RULES = ConnectionRules.defaults();
  private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();

  private final StreamDriver driver = new StreamDriver();

  @Nested
  class Bounds {
    @Test
    void aMessageMustEndInTime() {
      driver.established();
      for (int i = 0; i < 5; i++) { // each completes one and begins another
        driver.receive(PEER, Bytes.of(0x00));
        driver.pass(Duration.ofSeconds(20));
        driver.receive(PEER, Bytes.of(0x00, 0x00));
        driver.receive(PEER, Bytes.of(0x00));
      }
      assertThat(driver.disconnected).isEmpty();
      driver.receive(PEER, Bytes.of(0x20));
      for (int i = 0; i < 3; i++) {
        driver.pass(Duration.ofSeconds(10));
        driver.receive(PEER, Bytes.of(0x00));
      }
      driver.assertAborted(Fault.SLOW_MESSAGE);
    }

    @Test
    void thePeerMustRead() {
      driver.established();
      driver.writable(false);
      driver.pass(Duration.ofSeconds(59));
      driver.writable(true);
      driver.writable(false);
      driver.pass(Duration.ofSeconds(30));
      driver.writable(false);
      driver.pass(Duration.ofSeconds(31));
      driver.assertAborted(Fault.NOT_READING);
    }

    @Test
    void answersThatAreNotReadEndTheConnection() {
      StreamDriver small = StreamDriver.with(RULES.withLimits(LIMITS.withQueuedOctets(1000, 1500)));
      small.established().established(OTHER);
      small.writable(false);
      small.engine.onWritable(OTHER, false, small.now());
      small.receive(OTHER, StreamDriver.get(1));
      small.respond(StreamDriver.content(900));
      small.receive(PEER, StreamDriver.get(1));
      small.respond(StreamDriver.content(900));
      small.assertAborted(Fault.QUEUE_FULL); // of the total
      small.receive(OTHER, StreamDriver.get(2));
      small.respond(StreamDriver.content(900));
      assertThat(small.disconnected).containsExactly(PEER, OTHER); // of its own
    }

    @Test
    void unfinishedMessagesAreBoundedInAll() {
      StreamDriver small = StreamDriver.with(RULES.withLimits(LIMITS.withPartialOctets(1500)));
      small.established().established(OTHER);
      Bytes head = Bytes.of(0xe0, 0x10, 0x00, 0x01);
      small.receive(PEER, head.plus(Bytes.owned(new byte[1000])));
      small.receive(OTHER, head.plus(Bytes.owned(new byte[400])));
      assertThat(small.disconnected).isEmpty();
      small.receive(OTHER, Bytes.owned(new byte[400]));
      small.assertAborted(Fault.NO_ROOM); // the one that waited longest
      assertThat(small.engine.room(OTHER)).isPresent();
      small.close(OTHER);
      assertThat(small.events(ConnectionEvent.CutShort.class))
          .singleElement()
          .satisfies(e -> assertThat(e.describe()).endsWith("first 804 octets of a message"));
      small.assertNothingLeft();
    }

    @Test
    void connectionsAreBoundedAndThoseWithoutCsmGoFirst() {
      StreamDriver one = StreamDriver.with(RULES.withLimits(LIMITS.withConnections(1)));
      one.connect(PEER);
      one.connect(OTHER);
      assertThat(one.disconnected).containsExactly(PEER);
      assertThat(one.takeAll())
          .extracting(StreamMessage::code)
          .containsExactly(Code.CSM, Code.ABORT, Code.CSM);
      one.receive(OTHER, csm(2000));
      one.disconnected.clear();
      one.connect(PEER);
      one.assertAborted(Fault.TOO_MANY);
      assertThat(one.engine.room(OTHER)).isPresent();
      assertThat(one.engine.load().connections()).isEqualTo(1);
    }

    @Test
    void aUsedConnectionIsProbedAndGivenUp() {
      driver.established();
      driver.receive(PEER, StreamDriver.registration(1));
      var unused = driver.observe();
      driver.sent.clear();
      driver.pass(Duration.ofMinutes(10));
      StreamMessage probe = driver.takeOnly();
      assertThat(probe.code()).isEqualTo(Code.PING);
      driver.receive(PEER, Signals.write(new Signal.Pong(false), probe.token()));
      driver.pass(Duration.ofMinutes(10));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.PING);
      driver.pass(Duration.ofSeconds(31));
      driver.assertAborted(Fault.SILENT);
      driver.assertNothingLeft();
    }

    @Test
    void isPatientWithoutEndWhenToldSo() {
      StreamDriver calm =
          StreamDriver.with(RULES.withPatience(Patience.defaults().withIdleNanos(0)));
      calm.established();
      calm.pass(Duration.ofDays(3));
      assertThat(calm.engine.room(PEER)).isPresent();
      assertThat(calm.engine.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Nested
  class Closing {
    @Test
    void releasesWhatIsIdleAndAbortsWhatIsUsed() {
      driver.established().established(OTHER);
      Outbound open = driver.get();
      driver.sent.clear();
      driver.engine.close(driver.now());
      driver.engine.close(driver.now());
      driver.drain();
      assertThat(driver.takeAll())
          .extracting(StreamMessage::code)
          .containsExactlyInAnyOrder(Code.ABORT, Code.RELEASE);
      assertThat(driver.disconnected).containsExactlyInAnyOrder(PEER, OTHER);
      assertThat(((Outcome.Unknown) driver.lastOutcome()).doubt()).isEqualTo(Outcome.Doubt.CLOSED);
      assertThat(open.isObserving()).isFalse();
      driver.assertNothingLeft();
    }

    @Test
    void nothingHappensAfterwards() {
      driver.established();
      driver.receive(PEER, StreamDriver.get(1));
      driver.engine.close(driver.now());
      driver.drain();
      driver.sent.clear();
      driver.respond(StreamDriver.content(1));
      driver.receive(PEER, StreamDriver.get(2));
      driver.writable(false);
      driver.close(PEER);
      var unused = driver.get();
      driver.connect(OTHER);
      driver.engine.onTimeout(driver.now());
      assertThat(driver.sent).isEmpty();
      assertThat(driver.engine.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
      assertThat(((Outcome.NotDelivered) driver.lastOutcome()).cause())
          .isEqualTo(Outcome.Cause.CLOSED);
      assertThat(driver.disconnected).containsExactly(PEER, OTHER);
    }
  }
}
