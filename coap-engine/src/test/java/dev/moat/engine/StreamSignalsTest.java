package dev.moat.engine;

import static dev.moat.engine.StreamDriver.OTHER;
import static dev.moat.engine.StreamDriver.PEER;
import static dev.moat.engine.StreamDriver.csm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.WsCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.coap.signal.Signal;
import dev.moat.coap.signal.SignalOption;
import dev.moat.coap.signal.Signals;
import dev.moat.engine.stream.Connection;
import dev.moat.engine.stream.ConnectionEvent;
import dev.moat.engine.stream.ConnectionLimits;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.Fault;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Signalling, and what ends connections (RFC 8323, Sections 3.3 and 5). */
class StreamSignalsTest {
  private static final ConnectionRules RULES = ConnectionRules.defaults();
  private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();

  private final StreamDriver driver = new StreamDriver();

  @Nested
  class Section5_3_Csm {
    @Test
    void goesOutAtOnceAndFirst() {
      driver.connect(PEER);
      StreamMessage first = driver.takeOnly();
      assertThat(first).isEqualTo(csm(RULES.maxMessageOctets()));
    }

    @Test
    void endsTheConnectionWhenItDoesNotComeInTime() {
      driver.connect(PEER);
      driver.pass(Duration.ofSeconds(9));
      assertThat(driver.disconnected).isEmpty();
      driver.pass(Duration.ofSeconds(2));
      driver.assertAborted(Fault.CSM_MISSING);
      driver.assertNothingLeft();
    }

    @Test
    void mustBeThePeersFirstMessage() {
      driver.connect(PEER);
      driver.receive(PEER, StreamDriver.get(1));
      driver.assertAborted(Fault.BAD_SIGNAL);
      assertThat(driver.arrived).isEmpty();
    }

    @Test
    void mayComeAgainAndChangesWhatItNames() {
      driver.established();
      driver.receive(PEER, csm(2000));
      driver.receive(Signal.Csm.empty());
      assertThat(driver.engine.room(PEER).orElseThrow().messageOctets()).isEqualTo(2000);
      assertThat(driver.engine.room(PEER).orElseThrow().sendsBert()).isTrue();
      assertThat(driver.events(ConnectionEvent.Established.class)).hasSize(1);
    }

    @Test
    void abortsWithTheNumberOfACriticalOptionThatIsNotKnown() {
      driver.connect(PEER);
      driver.sent.clear();
      driver.receive(PEER, StreamDriver.message(Code.CSM, 0, Option.uint(9, 1)));
      Option bad = driver.takeOnly().options().at(0);
      assertThat(bad).isEqualTo(Option.uint(SignalOption.BAD_CSM_OPTION, 9));
      driver.assertNothingLeft();
    }

    @Test
    void ignoresAnElectiveOptionThatIsNotKnown() {
      driver.connect(PEER);
      driver.receive(PEER, StreamDriver.message(Code.CSM, 0, Option.uint(10, 1)));
      assertThat(driver.engine.isAwaitingCapabilities(PEER)).isFalse();
      assertThat(driver.disconnected).isEmpty();
    }

    @Test
    void leavesNoRoomForSignals() {
      driver.established();
      driver.receive(PEER, csm(1));
      driver.receive(PEER, Signals.write(new Signal.Ping(false), Bytes.of(1)));
      driver.assertAborted(Fault.BAD_SIGNAL);
    }
  }

  @Nested
  class Section5_4_PingAndPong {
    @Test
    void answersWithTheToken() {
      driver.established();
      driver.receive(PEER, Signals.write(new Signal.Ping(false), Bytes.of(7, 7)));
      assertThat(driver.takeOnly())
          .isEqualTo(Signals.write(new Signal.Pong(false), Bytes.of(7, 7)));
    }

    @Test
    void keepsCustodyUntilEverythingBeforeIsAnswered() {
      driver.established();
      driver.receive(PEER, StreamDriver.get(1));
      driver.receive(PEER, Signals.write(new Signal.Ping(true), Bytes.of(7)));
      driver.receive(PEER, StreamDriver.get(2));
      assertThat(driver.sent).isEmpty();
      driver.engine.respond(driver.arrived.get(0).exchange(), StreamDriver.content(1), 0);
      driver.drain();
      assertThat(driver.takeAll())
          .extracting(StreamMessage::code)
          .containsExactly(Code.CONTENT, Code.PONG);
      driver.receive(PEER, Signals.write(new Signal.Ping(true), Bytes.of(8)));
      assertThat(driver.sent).isEmpty();
      driver.respond(StreamDriver.content(1));
      assertThat(driver.takeAll()).hasSize(2);
    }

    @Test
    void endsCustodyWhenWhatItWaitsForIsGivenUp() {
      driver.established();
      driver.receive(PEER, StreamDriver.get(1));
      driver.receive(PEER, Signals.write(new Signal.Ping(true), Bytes.of(7)));
      driver.pass(Duration.ofMinutes(5));
      assertThat(driver.events(EngineEvent.Abandoned.class)).hasSize(1);
      assertThat(driver.takeOnly()).isEqualTo(Signals.write(new Signal.Pong(true), Bytes.of(7)));
    }

    @Test
    void answersWithoutCustodyWhatIsTooMuchToKeep() {
      driver.established();
      driver.receive(PEER, StreamDriver.get(1));
      for (int i = 0; i < 17; i++) {
        driver.receive(PEER, Signals.write(new Signal.Ping(true), Bytes.of(i)));
      }
      assertThat(driver.takeOnly()).isEqualTo(Signals.write(new Signal.Pong(false), Bytes.of(16)));
    }

    @Test
    void measuresTheRoundTripOfOurs() {
      driver.established();
      Ping ping = driver.engine.ping(PEER, driver.now());
      driver.drain();
      StreamMessage sent = driver.takeOnly();
      assertThat(sent.code()).isEqualTo(Code.PING);
      driver.pass(Duration.ofMillis(40));
      driver.receive(PEER, Signals.write(new Signal.Pong(false), Bytes.of(99)));
      driver.receive(PEER, Signals.write(new Signal.Pong(false), sent.token()));
      assertThat(driver.others)
          .containsExactly(new Output.Pong(ping, Duration.ofMillis(40).toNanos()));
    }

    @Test
    void losesThoseThatAreNotAnsweredOrCannotLeave() {
      driver.established();
      Ping silent = driver.engine.ping(PEER, driver.now());
      Ping nowhere = driver.engine.ping(OTHER, driver.now());
      driver.pass(Duration.ofSeconds(100));
      Ping cut = driver.engine.ping(PEER, driver.now());
      driver.close(PEER);
      assertThat(driver.others)
          .containsExactly(
              new Output.PingLost(nowhere), new Output.PingLost(silent), new Output.PingLost(cut));
      driver.assertNothingLeft();
    }

    @Test
    void boundsThoseOfOursThatAreOpen() {
      StreamDriver few = StreamDriver.with(RULES.withLimits(LIMITS.withRequests(1, 1)));
      few.established();
      var first = few.engine.ping(PEER, few.now());
      var second = few.engine.ping(PEER, few.now());
      few.drain();
      assertThat(few.others).containsExactly(new Output.PingLost(second));
      assertThat(first.peer()).isEqualTo(PEER);
    }

    @Test
    void aFloodEndsTheConnectionAndHarmsNobodyElse() {
      driver.established().established(OTHER);
      for (int i = 0; i < 300 && driver.disconnected.isEmpty(); i++) {
        driver.receive(new Signal.Ping(false));
      }
      driver.assertAborted(Fault.FLOOD);
      driver.receive(OTHER, StreamDriver.get(1));
      assertThat(driver.arrived).hasSize(1);
    }

    @Test
    void emptyMessagesAreIgnoredButForAFlood() {
      driver.established();
      for (int second = 0; second < 100; second++) {
        for (int i = 0; i < 20; i++) {
          driver.receive(PEER, StreamMessage.empty());
        }
        driver.pass(Duration.ofSeconds(1));
      }
      assertThat(driver.disconnected).isEmpty();
      for (int i = 0; i < 200; i++) {
        driver.receive(PEER, StreamMessage.empty());
      }
      driver.assertAborted(Fault.FLOOD);
    }
  }

  @Nested
  class Section5_5_Release {
    @Test
    void closesAtOnceWhenNothingIsOutstanding() {
      driver.established();
      driver.receive(Signal.Release.because(""));
      assertThat(driver.disconnected).containsExactly(PEER);
      assertThat(driver.sent).isEmpty();
      driver.assertNothingLeft();
    }

    @Test
    void letsWhatIsOutstandingEndAndBeginsNothingNew() {
      driver.established();
      Outbound open = driver.get();
      driver.receive(PEER, StreamDriver.get(1));
      driver.receive(new Signal.Release(List.of("b.example\u0007"), OptionalLong.of(30), "moving"));
      var unused = driver.get();
      Outcome.NotDelivered refused = (Outcome.NotDelivered) driver.lastOutcome();
      assertThat(refused.cause()).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(refused.reason().orElseThrow())
          .isEqualTo(
              "the peer released the connection: 'moving', and asks to connect to b.example\ufffd"
                  + " instead, and not to reconnect for 30 s");
      driver.respond(StreamDriver.content(1));
      assertThat(driver.disconnected).isEmpty();
      driver.receive(PEER, StreamDriver.reply(open.token()));
      assertThat(driver.lastOutcome()).isInstanceOf(Outcome.Responded.class);
      assertThat(driver.disconnected).containsExactly(PEER);
    }

    @Test
    void doesNotWaitForEver() {
      driver.established();
      var unused = driver.get();
      driver.receive(Signal.Release.because(""));
      driver.receive(Signal.Release.because("again"));
      driver.pass(Duration.ofSeconds(31));
      driver.sent.clear();
      driver.assertAborted(Fault.LINGERING);
      assertThat(driver.lastOutcome())
          .isInstanceOfSatisfying(
              Outcome.Unknown.class,
              u -> assertThat(u.doubt()).isEqualTo(Outcome.Doubt.CONNECTION_LOST));
    }

    @Test
    void leavesOursToThePeer() {
      driver.established();
      driver.engine.release(PEER, driver.now());
      driver.engine.release(PEER, driver.now());
      driver.engine.release(OTHER, driver.now());
      driver.drain();
      assertThat(driver.takeOnly().code()).isEqualTo(Code.RELEASE);
      assertThat(driver.disconnected).isEmpty();
      driver.receive(PEER, StreamDriver.get(1));
      driver.respond(StreamDriver.content(1));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.CONTENT);
      driver.close(PEER);
      driver.assertNothingLeft();
    }

    @Test
    void isSentWhenNothingComesForLong() {
      driver.established();
      driver.pass(Duration.ofMinutes(9));
      driver.receive(PEER, StreamMessage.empty());
      driver.pass(Duration.ofMinutes(9));
      assertThat(driver.sent).isEmpty();
      driver.pass(Duration.ofMinutes(1));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.RELEASE);
      driver.pass(Duration.ofSeconds(31));
      assertThat(driver.disconnected).containsExactly(PEER);
      driver.assertNothingLeft();
    }
  }

  @Nested
  class Section5_6_Abort {
    @Test
    void concludesWhatIsOpen() {
      driver.established();
      var unused = driver.get();
      driver.receive(Signal.Abort.because("no\nreason"));
      assertThat(driver.disconnected).containsExactly(PEER);
      assertThat(driver.lastOutcome()).isInstanceOf(Outcome.Unknown.class);
      assertThat(driver.events(ConnectionEvent.AbortedByPeer.class))
          .singleElement()
          .satisfies(e -> assertThat(e.describe()).endsWith("by the peer: 'no\ufffdreason'"));
      driver.assertNothingLeft();
    }

    @Test
    void answersGarbage() {
      driver.established();
      driver.receive(PEER, Bytes.of(0x0f, 0xff));
      driver.assertAborted(Fault.MALFORMED);
      driver.receive(PEER, StreamDriver.get(1)); // too late
      assertThat(driver.arrived).isEmpty();
    }

    @Test
    void answersAMessageLongerThanAnnounced() {
      driver.established();
      driver.receive(PEER, Bytes.of(0xf0, 0, 1, 0, 0, 1));
      driver.assertAborted(Fault.MALFORMED);
      StreamDriver frames = new StreamDriver();
      frames.connect(PEER, Connection.Framing.WEBSOCKET);
      frames.sent.clear();
      frames.engine.onOctets(PEER, Bytes.owned(new byte[20_000]), frames.now());
      frames.drain();
      assertThat(frames.disconnected).containsExactly(PEER);
      assertThat(frames.sent).hasSize(1);
    }

    @Test
    void answersReservedClasses() {
      driver.established();
      driver.receive(PEER, StreamDriver.message(Code.of(6, 1), 1));
      driver.assertAborted(Fault.RESERVED_CLASS);
    }

    @Test
    void answersSignalsThatAreNotKnown() {
      driver.established();
      driver.receive(PEER, StreamDriver.message(Code.of(7, 9), 1));
      driver.assertAborted(Fault.BAD_SIGNAL);
    }

    @Test
    void passesWhatThePeerDoesNotRead() {
      driver.established();
      driver.writable(false);
      driver.receive(PEER, StreamDriver.get(1));
      driver.respond(StreamDriver.content(10));
      driver.receive(PEER, Bytes.of(0x0f));
      driver.assertAborted(Fault.MALFORMED);
      driver.assertNothingLeft();
    }
  }

  @Test
  void refusesPeersWithoutANumberOfTheirOwn() {
    driver.established();
    assertThatThrownBy(() -> driver.connect(new Peer(0, 1, 5683, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> driver.connect(PEER)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void speaksInWebSocketFrames() throws Exception {
    driver.connect(PEER, Connection.Framing.WEBSOCKET);
    driver.engine.onOctets(PEER, WsCodec.encode(csm(5000)), driver.now());
    driver.engine.onOctets(PEER, WsCodec.encode(StreamDriver.get(5)), driver.now());
    driver.drain();
    driver.sent.clear();
    driver.respond(Response.of(Code.CONTENT));
    assertThat(WsCodec.decode(driver.sent.get(0).datagram()).token()).isEqualTo(Bytes.of(5));
  }
}
