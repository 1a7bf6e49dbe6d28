package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.GROUP;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.content;
import static dev.moat.engine.Driver.empty;
import static dev.moat.engine.Driver.get;
import static dev.moat.engine.Driver.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CoapEngineTest {
  private final Driver node = new Driver(OPEN);

  @Nested
  class Section4Messages {
    @Test
    void rejectsAMalformedConfirmableMessage() {
      node.receive(ALICE, Bytes.of(0x40, 1, 0x12, 0x34, 0xff));
      assertThat(node.takeOnly()).isEqualTo(empty(MessageType.RST, 0x1234));
      assertThat(node.events(EngineEvent.Malformed.class))
          .containsExactly(
              new EngineEvent.Malformed(
                  ALICE, MessageFormatException.Reason.MARKER_WITHOUT_PAYLOAD, 4));
    }

    @Test
    void ignoresEveryOtherMalformedDatagram() {
      node.receive(ALICE, Bytes.of(0x50, 1, 0x12, 0x34, 0xff));
      node.receive(ALICE, Bytes.of(0x60, 1, 0x12, 0x34, 0xff));
      node.receive(ALICE, Bytes.of(0x40, 1));
      node.receive(ALICE, Bytes.empty());
      assertThat(node.sent).isEmpty();
      assertThat(node.events(EngineEvent.Malformed.class)).hasSize(4);
    }

    @Test
    void answersAPingWithReset() {
      node.receive(ALICE, empty(MessageType.CON, 7));
      assertThat(node.takeOnly()).isEqualTo(empty(MessageType.RST, 7));
    }

    @Test
    void ignoresEmptyMessagesWithoutMeaning() {
      node.receive(ALICE, empty(MessageType.NON, 7));
      node.receive(ALICE, empty(MessageType.ACK, 7));
      node.receive(ALICE, empty(MessageType.RST, 7));
      assertThat(node.sent).isEmpty();
      assertThat(node.ignored())
          .containsExactly(
              Why.EMPTY_NON_CONFIRMABLE, Why.NOTHING_TO_ACKNOWLEDGE, Why.NOTHING_TO_ACKNOWLEDGE);
    }

    @Test
    void ignoresRequestsInAcknowledgementsAndResets() {
      node.receive(ALICE, get(MessageType.ACK, 7, 1));
      node.receive(ALICE, get(MessageType.RST, 7, 1));
      assertThat(node.sent).isEmpty();
      assertThat(node.arrived).isEmpty();
      assertThat(node.ignored())
          .containsExactly(Why.CODE_CONTRADICTS_TYPE, Why.CODE_CONTRADICTS_TYPE);
    }

    @Test
    void rejectsReservedClasses() {
      for (int reserved : new int[] {1, 3, 6, 7}) {
        node.receive(ALICE, message(MessageType.CON, 7, Code.of(reserved, 1), 1));
        assertThat(node.takeOnly()).isEqualTo(empty(MessageType.RST, 7));
        node.receive(ALICE, message(MessageType.NON, 8, Code.of(reserved, 1), 1));
        assertThat(node.sent).isEmpty();
      }
      assertThat(node.ignored()).hasSize(4).containsOnly(Why.RESERVED_CLASS);
    }
  }

  @Nested
  class Pings {
    private Message ping() {
      node.engine.ping(BOB, node.now());
      node.drain();
      return node.takeOnly();
    }

    @Test
    void aResetAnswersAPing() {
      Message ping = ping();
      assertThat(ping.type()).isEqualTo(MessageType.CON);
      assertThat(ping.isEmpty()).isTrue();
      node.pass(1);
      node.receive(BOB, empty(MessageType.RST, ping.messageId()));
      assertThat(node.others(Output.Pong.class)).hasSize(1);
      assertThat(node.others(Output.Pong.class).get(0).roundTripNanos()).isEqualTo(1_000_000_000L);
      assertThat(node.others(Output.Pong.class).get(0).ping().peer()).isEqualTo(BOB);
    }

    @Test
    void anAcknowledgementIsASignOfLifeToo() {
      node.receive(BOB, empty(MessageType.ACK, ping().messageId()));
      assertThat(node.others(Output.Pong.class)).hasSize(1);
    }

    @Test
    void silenceLosesAPing() {
      ping();
      node.pass(100);
      assertThat(node.others(Output.PingLost.class)).hasSize(1);
    }

    @Test
    void closingLosesAPing() {
      ping();
      node.engine.close(node.now());
      node.engine.ping(BOB, node.now());
      node.drain();
      assertThat(node.others(Output.PingLost.class)).hasSize(2);
      assertThat(node.sent).isEmpty();
    }

    @Test
    void aTransportThatCannotSendLosesAPing() {
      node.engine.ping(BOB, node.now());
      node.drain();
      node.engine.onSendFailed(BOB, node.sent.get(0).datagram(), node.now());
      node.drain();
      assertThat(node.others(Output.PingLost.class)).hasSize(1);
    }

    @Test
    void groupsAreNotPinged() {
      node.engine.ping(GROUP, node.now());
      node.drain();
      assertThat(node.others(Output.PingLost.class)).hasSize(1);
    }

    @Test
    void pingsAreBoundedLikeEverythingElse() {
      Driver small = new Driver(OPEN.withLimits(EngineLimits.defaults().withOpen(1, 2, 1)));
      for (int i = 0; i < 4; i++) {
        small.engine.ping(BOB, small.now());
      }
      small.drain();
      assertThat(small.others(Output.PingLost.class)).hasSize(2);
    }
  }

  @Test
  void answersNothingAfterClose() {
    node.receive(ALICE, get(MessageType.CON, 7, 1));
    node.engine.close(node.now());
    node.respond(content(1));
    assertThat(node.sent).isEmpty();
    node.receive(ALICE, get(MessageType.CON, 8, 1));
    assertThat(node.ignored()).containsExactly(Why.CLOSED);
  }

  @Test
  void sameInputsAndSeedGiveSameOutputs() {
    assertThat(script(5)).isEqualTo(script(5));
    assertThat(script(5)).isNotEqualTo(script(6));
  }

  private static List<Output.Transmit> script(long seed) {
    Driver driver = new Driver(EngineConfig.defaults(), seed);
    InsecureSeededRandom random = new InsecureSeededRandom(99);
    for (int i = 0; i < 200; i++) {
      switch (random.below(5)) {
        case 0 -> driver.engine.send(Request.to(BOB, Code.GET, "/" + i), driver.now());
        case 1 -> driver.receive(ALICE, get(MessageType.CON, i, 1));
        case 2 -> driver.receive(ALICE, get(MessageType.NON, i, 2));
        case 3 -> driver.engine.ping(ALICE, driver.now());
        default -> driver.pass(random.below(20));
      }
      driver.drain();
      for (Output.Arrived arrived : driver.arrived) {
        driver.engine.respond(arrived.exchange(), Response.of(Code.CONTENT), driver.now());
      }
      driver.arrived.clear();
      driver.drain();
    }
    return driver.sent;
  }
}
