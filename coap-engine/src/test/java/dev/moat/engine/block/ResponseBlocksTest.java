package dev.moat.engine.block;

import static dev.moat.engine.fixture.ServerBench.block;
import static dev.moat.engine.fixture.ServerBench.block1;
import static dev.moat.engine.fixture.ServerBench.block2;
import static dev.moat.engine.fixture.ServerBench.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.AmplificationPolicy;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResponseBlocksTest {
  private final ServerBench server = new ServerBench();
  private final ObservableState state =
      new ObservableState(Response.text(Code.CONTENT, "x".repeat(100)));
  private String large = "0123456789".repeat(20);
  private int executions;

  @BeforeEach
  void resources() {
    server.router.add(server.recording("/box").notAnActuator("a box"));
    server.router.add(
        Resource.at("/large")
            .notAnActuator("a text")
            .get(
                r -> {
                  executions++;
                  return Response.text(Code.CONTENT, large);
                })
            .post(r -> Response.text(Code.CHANGED, large))
            .fetch(r -> Response.text(Code.CONTENT, large + r.payload().toUtf8())));
    server.router.add(Resource.at("/state").observable(state));
  }

  private static Request post() {
    return ServerBench.request(Code.POST, "/box");
  }

  private static Request get() {
    return ServerBench.request(Code.GET, "/large");
  }

  @Nested
  class Block2 {
    @BeforeEach
    void smallBlocks() {
      server.blockwise = server.blockwise.withPreferredBlockOctets(64);
    }

    @Test
    void answersTheFirstBlockWithSizeAndEntityTag() {
      Response first = server.answer(get());
      assertThat(first.options().block2()).contains(block(0, true, 64));
      assertThat(first.options().uint(OptionNumber.SIZE2)).hasValue(200);
      assertThat(first.options().first(OptionNumber.ETAG).orElseThrow().length()).isEqualTo(8);
      assertThat(first.payload().toUtf8()).isEqualTo(large.substring(0, 64));
    }

    @Test
    void servesAllBlocksFromOneRepresentation() {
      Response first = server.answer(get());
      String before = large;
      large = "changed".repeat(40);
      Response last = server.answer(block2(get(), 3, 64));
      assertThat(last.payload().toUtf8()).isEqualTo(before.substring(192));
      assertThat(last.options().block2()).contains(block(3, false, 64));
      assertThat(last.options().first(OptionNumber.ETAG))
          .isEqualTo(first.options().first(OptionNumber.ETAG));
      assertThat(last.options().has(OptionNumber.SIZE2)).isFalse();
      assertThat(executions).isEqualTo(1);
    }

    @Test
    void showsANewStateToWhoeverPollsOneLaterBlock() {
      Response before = server.answer(block2(get(), 3, 64));
      large = "changed".repeat(40);
      for (int seconds = 0; seconds < 90; seconds += 30) {
        assertThat(server.answer(block2(get(), 3, 64)).payload()).isEqualTo(before.payload());
        server.clock.advance(Duration.ofSeconds(31));
      }
      Response after = server.answer(block2(get(), 3, 64));
      assertThat(after.payload().toUtf8()).isEqualTo(large.substring(192, 256));
      assertThat(executions).isEqualTo(2);
    }

    @Test
    void keepsTheAnswerToAnExecutedRequestWhileItIsFetched() {
      Request post = ServerBench.request(Code.POST, "/large");
      var unused = server.answer(post);
      for (int number = 1; number < 4; number++) {
        server.clock.advance(Duration.ofSeconds(60));
        assertThat(server.answer(block2(post, number, 64)).code()).isEqualTo(Code.CHANGED);
      }
      server.clock.advance(Duration.ofSeconds(94));
      assertThat(server.answer(block2(post, 3, 64)).code())
          .isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
    }

    @Test
    void readsAnyBlockByExecutingAgain() {
      Response third = server.answer(block2(get(), 4, 32));
      assertThat(third.payload().toUtf8()).isEqualTo(large.substring(128, 160));
      assertThat(third.options().block2()).contains(block(4, true, 32));
      server.clock.advance(Duration.ofSeconds(100));
      assertThat(server.answer(block2(get(), 0, 32)).options().block2())
          .contains(block(0, true, 32));
    }

    @Test
    void scalesANumberOfALargerSizeThanItLikes() {
      Response block = server.answer(block2(get(), 1, 128));
      assertThat(block.options().block2()).contains(block(2, true, 64));
      assertThat(block.payload().toUtf8()).isEqualTo(large.substring(128, 192));
    }

    @Test
    void takesASmallerSizeThanItLikes() {
      Response first = server.answer(block2(get(), 0, 16));
      assertThat(first.options().block2()).contains(block(0, true, 16));
    }

    @Test
    @Tag("AM-08")
    void smallBlocksKeepTheAnswerSmall() {
      large = "x".repeat(1000);
      assertThat(server.answer(block2(get(), 0, 64)).payload().length()).isEqualTo(64);
      server.blockwise = ServerBlockwiseConfig.defaults();
      ServerBench generous = new ServerBench();
      generous.router.add(
          Resource.at("/large").get(r -> Response.text(Code.CONTENT, "x".repeat(1000))));
      assertThat(generous.answer(get()).payload().length()).isEqualTo(1000);
      assertThat(generous.answer(block2(get(), 0, 64)).payload().length()).isEqualTo(64);
    }

    @Test
    void refusesABlockBeyondTheBody() {
      Response beyond = server.answer(block2(get(), 9, 64));
      assertThat(beyond.code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(beyond.payload().toUtf8()).contains("200");
    }

    @Test
    void omitsTheOptionWhenTheFirstBlockIsTheWholeBody() {
      large = "x".repeat(32);
      Response answer = server.answer(block2(get(), 0, 32));
      assertThat(answer.options().has(OptionNumber.BLOCK2)).isFalse();
      assertThat(answer.options().has(OptionNumber.SIZE2)).isFalse();
      assertThat(answer.payload().toUtf8()).isEqualTo(large);
      large = "";
      assertThat(server.answer(block2(get(), 0, 32)).options().has(OptionNumber.BLOCK2)).isFalse();
      large = "x".repeat(33);
      assertThat(server.answer(block2(get(), 0, 32)).options().block2())
          .contains(block(0, true, 32));
      assertThat(server.answer(block2(get(), 1, 32)).options().block2())
          .contains(block(1, false, 32));
    }

    @Test
    void tellsTheSizeOfAShortBodyToWhoeverAsks() {
      large = "short";
      Request asking = get().with(Option.uint(OptionNumber.SIZE2, 0));
      Response answer = server.answer(block2(asking, 0, 32));
      assertThat(answer.options().uint(OptionNumber.SIZE2)).hasValue(5);
      assertThat(answer.options().has(OptionNumber.BLOCK2)).isFalse();
      assertThat(server.answer(asking).options().uint(OptionNumber.SIZE2)).hasValue(5);
      Request refused =
          ServerBench.request(Code.GET, "/none").with(Option.uint(OptionNumber.SIZE2, 0));
      assertThat(server.answer(refused).options().has(OptionNumber.SIZE2)).isFalse();
      large = "";
      assertThat(server.answer(asking).options().has(OptionNumber.SIZE2)).isFalse();
    }

    @Test
    void passesErrorsToLaterBlocksOn() {
      Request none = ServerBench.request(Code.GET, "/failing");
      server.router.add(Resource.at("/failing").get(r -> Response.of(Code.NOT_FOUND)));
      assertThat(server.answer(block2(none, 2, 16))).isEqualTo(Response.of(Code.NOT_FOUND));
    }

    @Test
    void leavesBlocksThatTheHandlerMadeAlone() {
      Response own =
          Response.text(Code.CONTENT, "b".repeat(100))
              .with(ServerBench.option(OptionNumber.BLOCK2, 0, true, 128));
      server.router.add(Resource.at("/own").get(r -> own));
      assertThat(server.answer(ServerBench.request(Code.GET, "/own"))).isEqualTo(own);
    }

    @Test
    void keepsTheEntityTagOfTheHandler() {
      Option tag = new Option(OptionNumber.ETAG, Bytes.of(7));
      server.router.add(
          Resource.at("/own").get(r -> Response.text(Code.CONTENT, "b".repeat(100)).with(tag)));
      assertThat(
              server
                  .answer(ServerBench.request(Code.GET, "/own"))
                  .options()
                  .first(OptionNumber.ETAG))
          .contains(Bytes.of(7));
    }

    @Test
    void doesNotExecuteAnUnsafeRequestForALaterBlock() {
      Request later = block2(ServerBench.request(Code.POST, "/large"), 1, 64);
      assertThat(server.answer(later).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      var unused = server.answer(ServerBench.request(Code.POST, "/large"));
      assertThat(server.answer(later).options().block2()).contains(block(1, true, 64));
    }

    @Test
    void continuesABlockwiseRequestWithABlockwiseAnswer() {
      String body = "y".repeat(100);
      Request request = tagged(post(), 3);
      assertThat(server.answer(block1(request, body, 0, 64)).code()).isEqualTo(Code.CONTINUE);
      Response first = server.answer(block1(request, body, 1, 64));
      assertThat(first.options().block1()).contains(block(1, false, 64));
      assertThat(first.options().block2()).contains(block(0, true, 64));
      Response second = server.answer(block2(request, 1, 64));
      assertThat(second.payload().length()).isEqualTo(36);
      assertThat(server.answer(block2(tagged(post(), 4), 1, 64)).code())
          .isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
    }

    @Test
    void tellsTwoFetchesByTheirBodies() {
      Request fetch = ServerBench.request(Code.FETCH, "/large");
      Request a = fetch.withPayload(Bytes.utf8("a"));
      Request b = fetch.withPayload(Bytes.utf8("b"));
      var unused = server.answer(a);
      assertThat(server.answer(block2(b, 3, 64)).payload().toUtf8()).endsWith("b");
      assertThat(server.answer(block2(b.withPayload(Bytes.empty()), 3, 64)).payload().toUtf8())
          .endsWith("b");
      server.clock.advance(Duration.ofSeconds(100));
      assertThat(server.answer(block2(fetch, 3, 64)).code())
          .isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
    }

    @Test
    void goesOnWithoutRoomForTheRepresentation() {
      server.blockwise =
          server.blockwise.withRepresentations(StoreLimits.defaults().withOctets(100, 100));
      var unused = server.answer(get());
      assertThat(server.blocks().representationsKept()).isZero();
      assertThat(server.answer(block2(get(), 3, 64)).payload().toUtf8())
          .isEqualTo(large.substring(192));
      assertThat(executions).isEqualTo(2);
    }

    @Test
    void replacesTheOldestRepresentationAtTheTotalLimit() {
      server.blockwise =
          server.blockwise.withRepresentations(StoreLimits.defaults().withEntries(1, 1));
      var unused = server.answer(get());
      unused = server.answer(Request.to(ServerBench.OTHER, Code.GET, "/large"));
      assertThat(server.blocks().representationsKept()).isEqualTo(1);
    }
  }

  @Nested
  class Observed {
    private final List<Response> told = new ArrayList<>();

    @Test
    void notifiesOfTheFirstBlockAndServesTheRestToAGet() {
      server.blockwise = server.blockwise.withPreferredBlockOctets(64);
      Request observe =
          ServerBench.request(Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0));
      Reply.Observed reply = (Reply.Observed) server.handle(observe);
      assertThat(reply.first().options().block2()).contains(block(0, true, 64));
      reply.notifications().subscribe(listener());
      state.set(Response.text(Code.CONTENT, "n".repeat(70)));
      assertThat(told.get(0).options().block2()).contains(block(0, true, 64));
      Request rest = block2(ServerBench.request(Code.GET, "/state"), 1, 64);
      Response second = server.answer(rest);
      assertThat(second.payload().toUtf8()).isEqualTo("nnnnnn");
      assertThat(second.options().first(OptionNumber.ETAG))
          .isEqualTo(told.get(0).options().first(OptionNumber.ETAG));
    }

    @Test
    void acknowledgesTheBlocksOfAFetchOnlyInItsFirstResponse() {
      server.router.add(
          Resource.at("/query")
              .on(Code.FETCH, r -> CompletableFuture.completedFuture(state.reply(r))));
      Request fetch =
          tagged(ServerBench.request(Code.FETCH, "/query"), 1)
              .with(Option.uint(OptionNumber.OBSERVE, 0));
      String question = "q".repeat(40);
      assertThat(server.answer(block1(fetch, question, 0, 32)).code()).isEqualTo(Code.CONTINUE);
      Reply.Observed reply = (Reply.Observed) server.handle(block1(fetch, question, 1, 32));
      assertThat(reply.first().options().block1()).contains(block(1, false, 32));
      reply.notifications().subscribe(listener());
      state.set(Response.text(Code.CONTENT, "new"));
      assertThat(told).hasSize(1);
      assertThat(told.get(0).options().has(OptionNumber.BLOCK1)).isFalse();
    }

    private Notifications.Listener listener() {
      return new Notifications.Listener() {
        @Override
        public void onNotification(Response notification) {
          told.add(notification);
        }

        @Override
        public void onEnd(Notifications.End reason) {}
      };
    }

    @Test
    void aLaterBlockIsNoRegistration() {
      Request observe =
          ServerBench.request(Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0));
      assertThat(server.handle(block2(observe, 1, 64))).isInstanceOf(Reply.Single.class);
    }
  }

  @Nested
  class UnprovenAddresses {
    private Request post(int budget) {
      return ServerBench.request(Code.POST, "/large")
          .withFact(AmplificationPolicy.ANSWER_BUDGET_OCTETS, budget);
    }

    @Test
    void getTheAnswerToAnUnsafeRequestInSmallBlocks() {
      assertThat(server.answer(post(136)).options().block2()).contains(block(0, true, 32));
      assertThat(server.answer(post(10)).options().block2()).contains(block(0, true, 16));
      assertThat(server.answer(post(2000)).options().has(OptionNumber.BLOCK2)).isFalse();
      assertThat(server.answer(block2(post(136), 2, 32)).options().block2())
          .contains(block(2, true, 32));
    }

    @Test
    void getAShortAnswerWhole() {
      large = "short";
      assertThat(server.answer(post(136)).options().has(OptionNumber.BLOCK2)).isFalse();
      assertThat(server.answer(post(10)).options().has(OptionNumber.BLOCK2)).isFalse();
    }

    @Test
    void areChallengedFurtherOutForSafeRequests() {
      Request get = get().withFact(AmplificationPolicy.ANSWER_BUDGET_OCTETS, 136);
      assertThat(server.answer(get).payload().length()).isEqualTo(200);
    }
  }
}
