package dev.moat.endpoint.stack;

import static dev.moat.endpoint.stack.OscoreRig.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import dev.moat.engine.EngineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What binds an answer to its request under OSCORE, and a request to its time: what does not. */
class OscoreBindingTest {
  private final List<Packet> kept = new ArrayList<>();

  private static boolean isResponse(Packet packet) {
    return packet.message().code().isResponse();
  }

  /** Secret, genuine, new and answered by nobody else, and yet too late: time is bound by Echo. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("AT-05")
  void protectionAloneDoesNotBindARequestToItsTime(boolean freshness) {
    StackConfig config = StackConfig.defaults().withEchoFreshness(freshness);
    OscoreRig rig = new OscoreRig(config, config);
    rig.wire.middle(
        packet -> {
          kept.add(packet);
          return List.of();
        });
    Request unlock = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("unlocked"));
    CompletionStage<Outcome> outcome = rig.wire.request(rig.client, unlock);
    rig.wire.pass(Duration.ofHours(8));
    assertThat(OscoreRig.now(outcome)).isInstanceOf(Outcome.Unknown.class);
    rig.wire.middle(List::of);
    rig.wire.send(kept.get(0));
    rig.wire.settle();
    assertThat(rig.moved).isEqualTo(freshness ? List.of() : List.of("unlocked"));
  }

  @Nested
  class Tokens {
    @Test
    @Tag("AT-27")
    void countAndNeverComeTwiceWhateverBecomesOfTheRequests() {
      OscoreRig rig = new OscoreRig();
      int[] seen = {0};
      // Every seventh packet is lost: retransmissions, repeated answers and requests in doubt.
      rig.wire.middle(packet -> ++seen[0] % 7 < 5 ? List.of(packet) : List.of());
      for (int i = 0; i < 60; i++) {
        Code method = i % 3 == 0 ? Code.PUT : Code.GET;
        CompletionStage<Outcome> outcome = rig.wire.request(rig.client, rig.to(method, "/lock"));
        rig.wire.pass(Duration.ofSeconds(300));
        assertThat(OscoreRig.now(outcome)).isNotNull();
      }
      List<Bytes> tokens = List.copyOf(tokensByCiphertext(rig).values());
      assertThat(tokens).hasSizeGreaterThan(60).doesNotHaveDuplicates(); // challenges among them
      // The association is bound inside; outside, where nothing is, four random octets precede.
      for (int i = 0; i < tokens.size(); i++) {
        assertThat(tokens.get(i).slice(4, tokens.get(i).length()).toUint()).isEqualTo(i);
      }
    }

    private static Map<Bytes, Bytes> tokensByCiphertext(OscoreRig rig) {
      Map<Bytes, Bytes> tokens = new LinkedHashMap<>();
      for (Packet packet : rig.wire.sent) {
        Message m = packet.message();
        if (m.code().isRequest()) {
          Bytes token = tokens.computeIfAbsent(m.payload(), p -> m.token());
          assertThat(m.token()).isEqualTo(token);
        }
      }
      return tokens;
    }

    /** The exception that RFC 9175, Section 4.2, makes: OSCORE itself binds the answer. */
    @Test
    @Tag("AT-27")
    void mayComeAgainBecauseTheAnswerIsBoundOtherwise() {
      Bytes always = Bytes.of(7);
      OscoreRig rig = new OscoreRig(StackConfig.defaults().withTokens(random -> request -> always));
      rig.wire.middle(
          packet -> {
            kept.add(packet);
            return isResponse(packet) ? List.of() : List.of(packet);
          });
      CompletionStage<Outcome> earlier = rig.wire.request(rig.client, rig.to(Code.GET, "/nothing"));
      rig.wire.pass(Duration.ofSeconds(300));
      assertThat(OscoreRig.now(earlier)).isInstanceOf(Outcome.Unknown.class);
      Packet late = kept.stream().filter(OscoreBindingTest::isResponse).findFirst().orElseThrow();
      rig.wire.middle(
          packet ->
              isResponse(packet) ? List.of(CourtRig.under(999, late), packet) : List.of(packet));
      assertThat(late.message().token()).isEqualTo(always);
      assertThat(rig.response(rig.to(Code.GET, "/lock")).payload().toUtf8()).isEqualTo(SECRET);
      assertThat(rig.wire.events)
          .contains(
              new EngineEvent.Ignored(VirtualWire.SERVER, EngineEvent.Why.UNVERIFIED_RESPONSE));
      assertThat(rig.wire.sent)
          .filteredOn(p -> p.message().code().isRequest())
          .allMatch(p -> p.message().token().equals(always));
    }
  }

  @Nested
  class MessageIds {
    private final OscoreRig rig = new OscoreRig();

    private CompletionStage<Outcome> getWithAnswersKept() {
      rig.wire.middle(
          packet -> {
            if (!isResponse(packet)) {
              return List.of(packet);
            }
            kept.add(packet);
            return List.of();
          });
      CompletionStage<Outcome> outcome = rig.wire.request(rig.client, rig.to(Code.GET, "/lock"));
      assertThat(kept).hasSize(1);
      rig.wire.middle(List::of);
      return outcome;
    }

    private void receive(Packet packet) {
      rig.wire.send(packet);
      rig.wire.settle();
    }

    private static Packet elsewhere(Packet packet) {
      Message m = packet.message();
      int other = m.messageId() + 1 & 0xffff;
      return packet.with(
          new Message(m.type(), other, m.code(), m.token(), m.options(), m.payload()));
    }

    @Test
    @Tag("AT-28")
    void ofAnAcknowledgementMustMatchThoughTheCiphertextVerifies() {
      CompletionStage<Outcome> outcome = getWithAnswersKept();
      receive(elsewhere(kept.get(0)));
      assertThat(outcome.toCompletableFuture()).isNotDone();
      receive(kept.get(0));
      assertThat(OscoreRig.responseOf(OscoreRig.now(outcome)).payload().toUtf8()).isEqualTo(SECRET);
    }

    /** Hence no mitigation: whoever can delay can also choose the Message ID. */
    @Test
    @Tag("AT-28")
    void ofASeparateResponseAreAnybodysChoice() {
      CompletionStage<Outcome> outcome = getWithAnswersKept();
      receive(CourtRig.under(4711, kept.get(0)));
      assertThat(OscoreRig.responseOf(OscoreRig.now(outcome)).payload().toUtf8()).isEqualTo(SECRET);
    }
  }
}
