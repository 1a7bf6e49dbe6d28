package dev.moat.engine;

import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.GROUP;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.ResponseGate;
import dev.moat.testkit.Seeded;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ShortTokensTest {
  private static final Peer ASSOCIATED = new Peer(0, 0xffff_c000_0201L, 5684, 0, 7);

  private final ShortTokens tokens = new ShortTokens(Seeded.random());

  /** As EDHOC and OSCORE send it: what does not verify leaves the exchange open. */
  private static Request gated(Peer peer, String genuine) {
    ResponseGate gate =
        received ->
            received.payload().toUtf8().equals(genuine)
                ? new ResponseGate.Accepted(received)
                : new ResponseGate.Ignored();
    return Request.to(peer, Code.POST, "").withFact(ResponseGate.KEY, gate);
  }

  private Bytes chosen(Request request, Set<Bytes> inUse) {
    return tokens.choose(request, inUse::contains).orElseThrow();
  }

  @Nested
  class Section531 {
    @Test
    @Tag("LK-112")
    void areEmptyForTheOnlyRequestOutstanding() {
      assertThat(chosen(gated(BOB, ""), Set.of())).isEqualTo(Bytes.empty());
    }

    @Test
    void areTheFirstFreeOnesOtherwise() {
      Set<Bytes> inUse = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        inUse.add(chosen(gated(BOB, ""), inUse));
      }
      assertThat(inUse).containsExactlyInAnyOrder(Bytes.empty(), Bytes.of(0), Bytes.of(1));
      inUse.remove(Bytes.of(0));
      assertThat(chosen(gated(BOB, ""), inUse)).isEqualTo(Bytes.of(0));
    }

    @Test
    void haveTwoOctetsWhenAllOfOneAreTaken() {
      Set<Bytes> inUse = new HashSet<>();
      for (int i = 0; i < 1 + 256 + 300; i++) {
        assertThat(inUse.add(chosen(gated(BOB, ""), inUse))).isTrue();
      }
      assertThat(chosen(gated(BOB, ""), inUse)).isEqualTo(Bytes.of(1, 300 - 256));
    }

    @Test
    void runOutWhenAllAreTaken() {
      assertThat(tokens.choose(gated(BOB, ""), token -> true)).isEqualTo(Optional.empty());
    }
  }

  /** RFC 9175, Section 4.2, holds for whatever the token alone binds. */
  @Nested
  class GivesOthersTheUsualOnes {
    private void assertUsual(Request request, int octets) {
      assertThat(chosen(request, Set.of()).length()).isEqualTo(octets);
      assertThat(tokens.next(request).length()).isEqualTo(octets);
    }

    @Test
    @Tag("AT-27")
    void whoseResponsesNobodyVerifies() {
      assertUsual(Request.to(BOB, Code.GET, ""), 5);
    }

    @Test
    @Tag("AT-27")
    void underASecurityAssociation() {
      assertUsual(gated(ASSOCIATED, ""), 1);
      assertThat(chosen(gated(ASSOCIATED, ""), Set.of())).isEqualTo(Bytes.of(2));
    }

    @Test
    void whoObserve() {
      assertUsual(gated(BOB, "").with(Option.uint(OptionNumber.OBSERVE, 0)), 5);
    }

    @Test
    void whoAskAGroup() {
      assertUsual(gated(GROUP, ""), 5);
    }
  }

  @Nested
  class InAnEngine {
    private final Driver client = new Driver(OPEN.withTokens(ShortTokens::new));

    private Outbound send(Request request) {
      Outbound exchange = client.engine.send(request, client.now());
      client.drain();
      return exchange;
    }

    private void answer(Message request, String words) {
      Message response = reply(MessageType.ACK, request.messageId(), Code.CHANGED, request.token());
      client.receive(
          BOB,
          new Message(
              response.type(),
              response.messageId(),
              response.code(),
              response.token(),
              response.options(),
              Bytes.utf8(words)));
    }

    @Test
    void useTheEmptyTokenAgainForTheNextRequest() {
      for (String words : new String[] {"first", "second"}) {
        send(gated(BOB, words));
        Message request = client.takeOnly();
        assertThat(request.token()).isEqualTo(Bytes.empty());
        answer(request, words);
        assertThat(client.outcomes).allMatch(Outcome.Responded.class::isInstance);
        client.sent.clear();
      }
      assertThat(client.outcomes).hasSize(2);
    }

    @Test
    @Tag("AT-27")
    void takeNoLateResponseToAnotherRequestForTheirs() {
      Outbound first = send(gated(BOB, "first"));
      Message given = client.takeOnly();
      client.engine.cancel(first, client.now());
      client.drain();
      client.outcomes.clear();
      client.sent.clear();

      client.pass(300);
      send(gated(BOB, "second"));
      client.receive(
          BOB,
          new Message(
              MessageType.NON,
              given.messageId() ^ 1,
              Code.CHANGED,
              Bytes.empty(),
              given.options(),
              Bytes.utf8("first")));
      assertThat(client.outcomes).isEmpty();
    }
  }
}
