package dev.moat.engine.client;

import static dev.moat.engine.fixture.ServerBench.block;
import static dev.moat.engine.fixture.ServerBench.option;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.BlockEvent;
import dev.moat.engine.fixture.ClientBench;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.testkit.Seeded;
import dev.moat.testkit.VirtualClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UploadTest {
  private final ServerBench server = new ServerBench();
  private final ClientBench client = ClientBench.to(server);

  @BeforeEach
  void resources() {
    server.router.add(server.recording("/box"));
  }

  private static Request post(String body) {
    return Request.to(ServerBench.CLIENT, Code.POST, "/box").withPayload(Bytes.utf8(body));
  }

  @Nested
  class Uploads {
    @Test
    void ofAnySizeArriveWholeAtAnyPairOfBlockSizes() {
      Seeded.check(
          60,
          any -> {
            ServerBench random = new ServerBench();
            random.router.add(random.recording("/box"));
            random.blockwise = random.blockwise.withPreferredBlockOctets(16 << any.between(0, 6));
            ClientBench sender = ClientBench.to(random);
            sender.blockwise = sender.blockwise.withPreferredBlockOctets(16 << any.between(0, 6));
            String body = "abcdefghi".repeat(any.between(0, 400));
            Response answer = sender.answer(post(body));
            assertThat(answer.payload().toUtf8()).isEqualTo(body);
            assertThat(answer.options().has(OptionNumber.BLOCK2)).isFalse();
            assertThat(random.bodies).containsExactly(body);
          });
    }

    @Test
    void ofManyBlocksDoNotDeepenTheStack() {
      client.blockwise = client.blockwise.withPreferredBlockOctets(16);
      String body = "x".repeat(200_000);
      assertThat(client.answer(post(body)).payload().length()).isEqualTo(200_000);
    }

    @Test
    void announceTheirSizeAndCarryOneTag() {
      client.blockwise = client.blockwise.withPreferredBlockOctets(16);
      var unused = client.send(post("z".repeat(40)));
      assertThat(client.sent.get(0).options().uint(OptionNumber.SIZE1)).hasValue(40);
      assertThat(client.sent)
          .extracting(r -> r.options().all(OptionNumber.REQUEST_TAG))
          .containsOnly(client.sent.get(0).options().all(OptionNumber.REQUEST_TAG));
      assertThat(client.sent.get(0).options().has(OptionNumber.REQUEST_TAG)).isTrue();
      int before = client.sent.size();
      unused = client.send(post("y".repeat(40)));
      assertThat(client.sent.get(before).options().all(OptionNumber.REQUEST_TAG))
          .isNotEqualTo(client.sent.get(0).options().all(OptionNumber.REQUEST_TAG));
    }

    @Test
    void keepATagOfTheCaller() {
      client.blockwise = client.blockwise.withPreferredBlockOctets(16);
      var unused = client.send(ServerBench.tagged(post("z".repeat(40)), 77));
      assertThat(client.sent)
          .allSatisfy(r -> assertThat(r.options().uint(OptionNumber.REQUEST_TAG)).hasValue(77));
    }

    @Test
    void sendIfNoneMatchWithTheFirstBlockOnly() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  ClientBench.responded(
                      r,
                      Response.of(
                              r.options().block1().orElseThrow().more()
                                  ? Code.CONTINUE
                                  : Code.CREATED)
                          .with(
                              new Option(
                                  OptionNumber.BLOCK1,
                                  r.options().first(OptionNumber.BLOCK1).orElseThrow()))));
      Option none = new Option(OptionNumber.IF_NONE_MATCH, Bytes.empty());
      assertThat(bench.answer(post("z".repeat(20)).with(none)).code()).isEqualTo(Code.CREATED);
      assertThat(bench.sent.get(0).options().has(OptionNumber.IF_NONE_MATCH)).isTrue();
      assertThat(bench.sent.get(1).options().has(OptionNumber.IF_NONE_MATCH)).isFalse();
    }

    @Test
    void beginAgainOnceWithANewTagAfter408() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  n == 1
                      ? ClientBench.responded(r, Response.of(Code.REQUEST_ENTITY_INCOMPLETE))
                      : ClientBench.deliver(server, r));
      server.freshness = server.freshness.withInsecureOff(true);
      assertThat(bench.answer(post("z".repeat(40))).code()).isEqualTo(Code.CHANGED);
      assertThat(server.bodies).containsExactly("z".repeat(40));
      assertThat(bench.sent.get(2).options().all(OptionNumber.REQUEST_TAG))
          .isNotEqualTo(bench.sent.get(0).options().all(OptionNumber.REQUEST_TAG));
    }

    @Test
    void giveUpAfterASecond408() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> ClientBench.responded(r, Response.of(Code.REQUEST_ENTITY_INCOMPLETE)));
      assertThat(bench.answer(post("z".repeat(40))).code())
          .isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(bench.sent).hasSize(2);
    }

    @Test
    void followAHintAtASmallerSizeOnce() {
      Response hint =
          Response.of(Code.REQUEST_ENTITY_TOO_LARGE).with(option(OptionNumber.BLOCK1, 0, true, 16));
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> n == 0 ? ClientBench.responded(r, hint) : ClientBench.deliver(server, r));
      bench.blockwise = bench.blockwise.withPreferredBlockOctets(64);
      server.freshness = server.freshness.withInsecureOff(true);
      assertThat(bench.answer(post("z".repeat(40))).code()).isEqualTo(Code.CHANGED);
      assertThat(bench.sent.get(1).options().block1()).contains(block(0, true, 16));
      ClientBench stubborn = ClientBench.inSmallBlocks((n, r) -> ClientBench.responded(r, hint));
      stubborn.blockwise = stubborn.blockwise.withPreferredBlockOctets(32);
      assertThat(stubborn.answer(post("z".repeat(40))).code())
          .isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      assertThat(stubborn.sent).hasSize(2);
    }

    @Test
    void doNotTryAHintThatHelpsNothing() {
      Response none = Response.of(Code.REQUEST_ENTITY_TOO_LARGE);
      ClientBench bench = ClientBench.inSmallBlocks((n, r) -> ClientBench.responded(r, none));
      assertThat(bench.answer(post("short")).code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      assertThat(bench.answer(post("z".repeat(40))).code())
          .isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      Response same = none.with(option(OptionNumber.BLOCK1, 0, true, 16));
      ClientBench other = ClientBench.inSmallBlocks((n, r) -> ClientBench.responded(r, same));
      assertThat(other.answer(post("short")).code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      assertThat(other.sent).hasSize(1);
      ClientBench larger = ClientBench.inSmallBlocks((n, r) -> ClientBench.responded(r, same));
      larger.blockwise = larger.blockwise.withPreferredBlockOctets(64);
      assertThat(larger.answer(post("tiny")).code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      assertThat(larger.sent).hasSize(1);
    }

    @Test
    void goOnOverAServerThatActsOnEachBlock() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> {
                BlockOption block = r.options().block1().orElseThrow();
                return ClientBench.responded(
                    r,
                    Response.of(Code.CHANGED)
                        .with(
                            new Option(
                                OptionNumber.BLOCK1,
                                new BlockOption(block.number(), false, 0).value())));
              });
      assertThat(bench.answer(post("z".repeat(40))).code()).isEqualTo(Code.CHANGED);
      assertThat(bench.sent).hasSize(3);
    }

    @Test
    void breakOffWhenTheServerAcknowledgesSomethingElse() {
      ClientBench.assertBroken(
          ClientBench.inSmallBlocks((n, r) -> ClientBench.responded(r, Response.of(Code.CONTINUE))),
          post("z".repeat(40)),
          BlockEvent.Reason.UNEXPECTED_ANSWER);
      Response wrong = Response.of(Code.CONTINUE).with(option(OptionNumber.BLOCK1, 5, true, 16));
      ClientBench.assertBroken(
          ClientBench.inSmallBlocks((n, r) -> ClientBench.responded(r, wrong)),
          post("z".repeat(40)),
          BlockEvent.Reason.UNEXPECTED_ANSWER);
      ClientBench.assertBroken(
          ClientBench.inSmallBlocks(
              (n, r) ->
                  ClientBench.responded(
                      r,
                      Response.of(Code.CONTINUE).with(option(OptionNumber.BLOCK1, n, true, 16)))),
          post("z".repeat(20)),
          BlockEvent.Reason.UNEXPECTED_ANSWER);
    }

    @Test
    void endInTheServersErrorWhenItRefusesABlock() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> ClientBench.responded(r, Response.of(Code.FORBIDDEN)));
      assertThat(bench.answer(post("z".repeat(40))).code()).isEqualTo(Code.FORBIDDEN);
    }

    @Test
    void thatNeverLeftAreNotDelivered() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  CompletableFuture.completedFuture(
                      new Outcome.NotDelivered(r, Outcome.Cause.QUEUE_FULL)));
      Request request = post("z".repeat(40));
      assertThat(bench.send(request))
          .isEqualTo(new Outcome.NotDelivered(request, Outcome.Cause.QUEUE_FULL));
    }

    @Test
    void thatBreakOffMidwayAreUnknown() {
      Response more = Response.of(Code.CONTINUE).with(option(OptionNumber.BLOCK1, 0, true, 16));
      ClientBench lostMidway =
          ClientBench.inSmallBlocks(
              (n, r) -> n == 0 ? ClientBench.responded(r, more) : ClientBench.lost(r));
      ClientBench.assertBroken(lostMidway, post("z".repeat(40)), BlockEvent.Reason.NO_ANSWER);
      ClientBench unsentMidway =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  n == 0
                      ? ClientBench.responded(r, more)
                      : CompletableFuture.completedFuture(
                          new Outcome.NotDelivered(r, Outcome.Cause.SEND_FAILED)));
      ClientBench.assertBroken(unsentMidway, post("z".repeat(40)), BlockEvent.Reason.NO_ANSWER);
      assertThat(unsentMidway.events.get(0).describe()).contains("broke off");
    }

    @Test
    void whoseLastBlockIsNotAnsweredKeepTheirDoubt() {
      Response more = Response.of(Code.CONTINUE).with(option(OptionNumber.BLOCK1, 0, true, 16));
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> n == 0 ? ClientBench.responded(r, more) : ClientBench.lost(r));
      Request request = post("z".repeat(20));
      assertThat(bench.send(request))
          .isEqualTo(new Outcome.Unknown(request, Outcome.Doubt.NO_ACKNOWLEDGEMENT));
      assertThat(bench.send(post("short"))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void tooLongForAnyBlockNumberAreNotSendable() {
      ClientBench bench = ClientBench.inSmallBlocks((n, r) -> ClientBench.lost(r));
      Request request =
          post("").withPayload(Bytes.owned(new byte[(BlockOption.MAX_NUMBER + 1) * 16 + 1]));
      assertThat(bench.send(request))
          .isEqualTo(new Outcome.NotDelivered(request, Outcome.Cause.NOT_SENDABLE));
      assertThat(bench.sent).isEmpty();
    }

    @Test
    void breakOffWhenTheServerWishesForMoreBlocksThanHaveNumbers() {
      ClientBench bench =
          new ClientBench(
              new VirtualClock(),
              (n, r) ->
                  ClientBench.responded(
                      r,
                      Response.of(Code.CONTINUE).with(option(OptionNumber.BLOCK1, n, true, 16))));
      Bytes endless = Bytes.owned(new byte[17 << 20]);
      ClientBench.assertBroken(bench, post("").withPayload(endless), BlockEvent.Reason.TOO_LARGE);
      assertThat(bench.sent).hasSize(1);
    }

    @Test
    void failWhenAStageFailsMidway() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> {
                if (n == 1) {
                  throw new IllegalStateException("planted");
                }
                return ClientBench.responded(
                    r, Response.of(Code.CONTINUE).with(option(OptionNumber.BLOCK1, n, true, 16)));
              });
      Assertions.assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> bench.send(post("z".repeat(40))))
          .withStackTraceContaining("planted");
    }

    @Test
    void failWithTheStageBelow() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> CompletableFuture.failedFuture(new IllegalStateException("closed")));
      Assertions.assertThatThrownBy(() -> bench.send(post("x")))
          .isInstanceOf(CompletionException.class);
    }
  }

  @Nested
  class Tagging {
    private void post40() {
      var unused = client.send(post("z".repeat(40)));
    }

    private boolean lastOperationIsTagged() {
      return client.sent.get(client.sent.size() - 1).options().has(OptionNumber.REQUEST_TAG);
    }

    @Test
    @Tag("AT-33")
    void whenUnconcludedTagsOnlyAfterAnOperationThatDidNotConclude() {
      server.tagPolicy = false;
      server.freshness = server.freshness.withInsecureOff(true);
      boolean[] cut = {false};
      ClientBench minimal =
          ClientBench.inSmallBlocks(
              (n, r) -> cut[0] ? ClientBench.lost(r) : ClientBench.deliver(server, r));
      minimal.blockwise = minimal.blockwise.withTagging(RequestTagging.WHEN_UNCONCLUDED);
      assertThat(minimal.answer(post("a".repeat(40))).code()).isEqualTo(Code.CHANGED);
      assertThat(minimal.answer(post("b".repeat(40))).code()).isEqualTo(Code.CHANGED);
      assertThat(minimal.sent)
          .allSatisfy(r -> assertThat(r.options().has(OptionNumber.REQUEST_TAG)).isFalse());
      cut[0] = true;
      var unused = minimal.send(post("c".repeat(40)));
      cut[0] = false;
      for (int i = 0; i < 2; i++) {
        int before = minimal.sent.size();
        assertThat(minimal.answer(post("d".repeat(40))).code()).isEqualTo(Code.CHANGED);
        assertThat(minimal.sent.get(before).options().has(OptionNumber.REQUEST_TAG)).isTrue();
      }
    }

    @Test
    void canBeOff() {
      client.blockwise =
          client.blockwise.withPreferredBlockOctets(16).withTagging(RequestTagging.INSECURE_NEVER);
      post40();
      assertThat(lastOperationIsTagged()).isFalse();
      assertThat(server.bodies).isEmpty();
    }

    @Test
    void tagsEverythingBeyondTheNumberItRemembers() {
      RequestTags tags = new RequestTags(RequestTagging.WHEN_UNCONCLUDED, Seeded.random());
      for (int i = 0; i < RequestTags.MAX_UNCONCLUDED; i++) {
        assertThat(tags.begin(Request.to(ServerBench.CLIENT, Code.PUT, "/" + i))).isEmpty();
      }
      Request another = Request.to(ServerBench.CLIENT, Code.PUT, "/more");
      assertThat(tags.begin(another)).isPresent();
      tags.concluded(Request.to(ServerBench.CLIENT, Code.PUT, "/0"));
      assertThat(tags.begin(another)).isEmpty();
    }
  }
}
