package dev.moat.engine.client;

import static dev.moat.engine.fixture.ServerBench.block;
import static dev.moat.engine.fixture.ServerBench.option;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.BlockEvent;
import dev.moat.engine.fixture.ClientBench;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DownloadTest {
  private final ServerBench server = new ServerBench();
  private final ClientBench client = ClientBench.to(server);
  private String large = "0123456789".repeat(30);

  @BeforeEach
  void resources() {
    server.router.add(server.recording("/box"));
    server.router.add(
        Resource.at("/large")
            .get(r -> Response.text(Code.CONTENT, large))
            .fetch(r -> Response.text(Code.CONTENT, large + r.payload().toUtf8()))
            .put(r -> Response.text(Code.CHANGED, large)));
  }

  private static Request post(String body) {
    return Request.to(ServerBench.CLIENT, Code.POST, "/box").withPayload(Bytes.utf8(body));
  }

  private static Request get() {
    return Request.to(ServerBench.CLIENT, Code.GET, "/large");
  }

  @Nested
  class Downloads {
    private Response part(int number, boolean more, String payload, int tag) {
      return Response.text(Code.CONTENT, payload)
          .with(Option.uint(OptionNumber.ETAG, tag))
          .with(option(OptionNumber.BLOCK2, number, more, 16));
    }

    private ClientBench answering(Response... responses) {
      return ClientBench.inSmallBlocks(
          (n, r) -> ClientBench.responded(r, responses[Math.min(n, responses.length - 1)]));
    }

    private static final String SIXTEEN = "0123456789abcdef";

    @Test
    void gatherTheWholeBody() {
      server.blockwise = server.blockwise.withPreferredBlockOctets(64);
      Response whole = client.answer(get());
      assertThat(whole.payload().toUtf8()).isEqualTo(large);
      assertThat(whole.options().has(OptionNumber.BLOCK2)).isFalse();
      assertThat(client.sent).hasSize(5);
    }

    @Test
    void wishForTheClientsSize() {
      client.blockwise = client.blockwise.withPreferredBlockOctets(32);
      assertThat(client.answer(get()).payload().toUtf8()).isEqualTo(large);
      assertThat(client.sent.get(0).options().block2()).contains(block(0, false, 32));
      assertThat(client.sent).hasSize(10);
    }

    @Test
    void keepAWishOfTheCaller() {
      client.blockwise = client.blockwise.withPreferredBlockOctets(32);
      Request wish = ServerBench.block2(get(), 0, 128);
      assertThat(client.answer(wish).payload().toUtf8()).isEqualTo(large);
      assertThat(client.sent).hasSize(3);
    }

    @Test
    void leaveTheCallersOwnBlocksAlone() {
      Request third = ServerBench.block2(get(), 2, 64);
      assertThat(client.answer(third).payload().length()).isEqualTo(64);
      Request first =
          ServerBench.block2(get(), 0, 64).withFact(ClientBlockwiseFilter.SINGLE_BLOCK, true);
      assertThat(client.answer(first).payload().length()).isEqualTo(64);
      Request own = ServerBench.block1(ServerBench.tagged(post(""), 1), large, 0, 16);
      assertThat(client.answer(own).code()).isEqualTo(Code.CONTINUE);
    }

    @Test
    void beginAgainWhenTheRepresentationChanges() {
      ClientBench bench =
          answering(
              part(0, true, SIXTEEN, 1),
              part(1, false, "new", 2),
              part(0, true, SIXTEEN, 2),
              part(1, false, "new", 2));
      assertThat(bench.answer(get()).payload().toUtf8()).isEqualTo(SIXTEEN + "new");
      assertThat(bench.sent.get(2).options().block2()).contains(block(0, false, 16));
    }

    @Test
    void giveUpWhenItChangesTooOften() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) -> ClientBench.responded(r, part(n % 2, true, SIXTEEN, n)));
      ClientBench.assertBroken(bench, get(), BlockEvent.Reason.CHANGING);
      assertThat(bench.sent).hasSize(8);
    }

    @Test
    void beginAgainWhenTheServerForgot() {
      ClientBench bench =
          answering(
              part(0, true, SIXTEEN, 1),
              Response.of(Code.REQUEST_ENTITY_INCOMPLETE),
              Response.text(Code.CONTENT, "short now"));
      assertThat(bench.answer(get()).payload().toUtf8()).isEqualTo("short now");
    }

    @Test
    void endInWhateverComesInsteadOfABlock() {
      ClientBench small =
          answering(part(0, true, SIXTEEN, 1), Response.text(Code.CONTENT, "short now"));
      assertThat(small.answer(get()).payload().toUtf8()).isEqualTo("short now");
      ClientBench gone = answering(part(0, true, SIXTEEN, 1), Response.of(Code.NOT_FOUND));
      assertThat(gone.answer(get()).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void ofAnExecutedRequestAreNeverRepeated() {
      Request put = Request.to(ServerBench.CLIENT, Code.PUT, "/large");
      for (Response second :
          List.of(
              part(1, false, "other", 2),
              Response.of(Code.REQUEST_ENTITY_INCOMPLETE),
              Response.of(Code.NOT_FOUND))) {
        ClientBench bench = answering(part(0, true, SIXTEEN, 1), second);
        assertThat(ClientBench.doubt(bench.send(put))).isEqualTo(Outcome.Doubt.TRANSFER_INCOMPLETE);
        assertThat(bench.sent).hasSize(2);
      }
    }

    @Test
    void refuseBlocksThatDoNotFit() {
      ClientBench.assertBroken(
          answering(part(1, true, SIXTEEN, 1)), get(), BlockEvent.Reason.OUT_OF_SEQUENCE);
      ClientBench.assertBroken(
          answering(part(0, true, SIXTEEN, 1), part(2, true, SIXTEEN, 1)),
          get(),
          BlockEvent.Reason.OUT_OF_SEQUENCE);
      ClientBench.assertBroken(
          answering(part(0, true, "short", 1)), get(), BlockEvent.Reason.WRONG_LENGTH);
      ClientBench.assertBroken(
          answering(part(0, false, SIXTEEN + "more", 1)), get(), BlockEvent.Reason.WRONG_LENGTH);
      Option reserved = new Option(OptionNumber.BLOCK2, new BlockOption(0, true, 7).value());
      ClientBench.assertBroken(
          answering(Response.text(Code.CONTENT, SIXTEEN).with(reserved)),
          get(),
          BlockEvent.Reason.RESERVED_SIZE);
    }

    @Test
    void refuseAnotherCodeOrFormatMidway() {
      Response created =
          new Response(Code.VALID, part(1, false, "x", 1).options(), Bytes.utf8("x"));
      Response json = part(1, false, "x", 1).with(Option.uint(OptionNumber.CONTENT_FORMAT, 50));
      ClientBench code = answering(part(0, true, SIXTEEN, 1), created);
      code.blockwise = code.blockwise.withMaxRestarts(0);
      ClientBench.assertBroken(code, get(), BlockEvent.Reason.CHANGING);
      ClientBench format = answering(part(0, true, SIXTEEN, 1), json);
      format.blockwise = format.blockwise.withMaxRestarts(0);
      ClientBench.assertBroken(format, get(), BlockEvent.Reason.CHANGING);
    }

    @Test
    void refuseBodiesAboveTheLimit() {
      ClientBench bench =
          ClientBench.inSmallBlocks((n, r) -> ClientBench.responded(r, part(n, true, SIXTEEN, 1)));
      bench.blockwise = bench.blockwise.withMaxBodyOctets(40);
      ClientBench.assertBroken(bench, get(), BlockEvent.Reason.TOO_LARGE);
      assertThat(bench.sent).hasSize(3);
    }

    @Test
    void thatLoseAnExchangeAreUnknown() {
      ClientBench lost =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  n == 0
                      ? ClientBench.responded(r, part(0, true, SIXTEEN, 1))
                      : ClientBench.lost(r));
      assertThat(ClientBench.doubt(lost.send(get()))).isEqualTo(Outcome.Doubt.NO_ACKNOWLEDGEMENT);
      ClientBench unsent =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  n == 0
                      ? ClientBench.responded(r, part(0, true, SIXTEEN, 1))
                      : CompletableFuture.completedFuture(
                          new Outcome.NotDelivered(r, Outcome.Cause.QUEUE_FULL)));
      ClientBench.assertBroken(unsent, get(), BlockEvent.Reason.NO_ANSWER);
    }

    @Test
    void neverAskAFetchAgainWithoutItsBody() {
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  r.options().block2().orElseThrow().number() > 0
                      ? ClientBench.responded(r, Response.of(Code.REQUEST_ENTITY_INCOMPLETE))
                      : ClientBench.deliver(server, r));
      Request fetch =
          Request.to(ServerBench.CLIENT, Code.FETCH, "/large")
              .withPayload(Bytes.utf8("?".repeat(40)));
      ClientBench.assertBroken(bench, fetch, BlockEvent.Reason.UNEXPECTED_ANSWER);
    }

    @Test
    void ofAFetchRepeatItsBodyAndOfAPutDoNot() {
      server.blockwise = server.blockwise.withPreferredBlockOctets(64);
      Request fetch =
          Request.to(ServerBench.CLIENT, Code.FETCH, "/large").withPayload(Bytes.utf8("?"));
      assertThat(client.answer(fetch).payload().toUtf8()).isEqualTo(large + "?");
      assertThat(client.sent.get(1).payload().toUtf8()).isEqualTo("?");
      int before = client.sent.size();
      Request put = Request.to(ServerBench.CLIENT, Code.PUT, "/large").withPayload(Bytes.utf8("!"));
      assertThat(client.answer(put).payload().toUtf8()).isEqualTo(large);
      assertThat(client.sent.get(before).payload().length()).isEqualTo(1);
      assertThat(client.sent.get(client.sent.size() - 1).payload().isEmpty()).isTrue();
    }

    @Test
    void configurationsCheckTheirRanges() {
      ClientBlockwiseConfig some = ClientBlockwiseConfig.defaults();
      assertThatIllegalArgumentException().isThrownBy(() -> some.withMaxBodyOctets(0));
      assertThatIllegalArgumentException().isThrownBy(() -> some.withMaxRestarts(-1));
      for (int exponent : new int[] {-1, 7}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new ClientBlockwiseConfig(exponent, 1, RequestTagging.ALWAYS, 0));
      }
    }
  }

  @Nested
  class Observations {
    private final List<String> told = new ArrayList<>();
    private final ObservableState state =
        new ObservableState(Response.text(Code.CONTENT, "a".repeat(40)));
    private final List<CompletableFuture<Outcome>> held = new ArrayList<>();
    private boolean hold;
    private final ClientBench observer =
        ClientBench.inSmallBlocks(
            (n, r) -> {
              if (hold) {
                CompletableFuture<Outcome> later = new CompletableFuture<>();
                held.add(later);
                return later;
              }
              return ClientBench.deliver(server, r);
            });

    private Notifications observe() {
      return observe(() -> {});
    }

    @CanIgnoreReturnValue
    private Notifications observe(Runnable afterEach) {
      server.router.add(Resource.at("/state").observable(state));
      Request request =
          Request.to(ServerBench.CLIENT, Code.GET, "/state")
              .with(Option.uint(OptionNumber.OBSERVE, 0));
      Outcome.Responded responded = (Outcome.Responded) observer.send(request);
      assertThat(responded.response().payload().length()).isEqualTo(40);
      Notifications notifications = ((Reply.Observed) responded.reply()).notifications();
      notifications.subscribe(
          new Notifications.Listener() {
            @Override
            public void onNotification(Response notification) {
              told.add(notification.payload().toUtf8());
              afterEach.run();
            }

            @Override
            public void onEnd(Notifications.End reason) {
              told.add(reason.name());
            }
          });
      return notifications;
    }

    private void set(String text) {
      state.set(Response.text(Code.CONTENT, text));
    }

    @Test
    void gatherLargeNotifications() {
      var unused = observe();
      set("b".repeat(40));
      set("short");
      assertThat(told).containsExactly("b".repeat(40), "short");
      assertThat(observer.sent.subList(1, observer.sent.size()))
          .allSatisfy(r -> assertThat(r.options().has(OptionNumber.OBSERVE)).isFalse());
      state.end(Response.of(Code.NOT_FOUND));
      assertThat(told).endsWith("", "RESOURCE_ENDED");
    }

    @Test
    void dropANotificationThatANewerOneOvertakes() {
      var unused = observe();
      hold = true;
      set("b".repeat(20));
      hold = false;
      set("short");
      Request asked = observer.sent.get(observer.sent.size() - 1);
      Response late =
          Response.text(Code.CONTENT, "bbbb").with(option(OptionNumber.BLOCK2, 1, false, 16));
      held.get(0).complete(new Outcome.Responded(asked, Reply.of(late)));
      assertThat(told).containsExactly("short");
    }

    @Test
    void skipANotificationThatCannotBeGathered() {
      var unused = observe();
      hold = true;
      set("b".repeat(20));
      Request asked = observer.sent.get(observer.sent.size() - 1);
      held.get(0).complete(new Outcome.Unknown(asked, Outcome.Doubt.NO_RESPONSE));
      set("c".repeat(20));
      held.get(1).completeExceptionally(new IllegalStateException("closed"));
      assertThat(told).isEmpty();
    }

    @Test
    void outliveAListenerThatFailsAndSaySo() {
      observe(
          () -> {
            throw new IllegalStateException("the application's own");
          });
      set("b".repeat(40));
      set("short");
      assertThat(told).containsExactly("b".repeat(40), "short");
      assertThat(observer.events)
          .containsExactly(
              new BlockEvent.ListenerFailed(
                  ServerBench.CLIENT, Code.GET, "java.lang.IllegalStateException"),
              new BlockEvent.ListenerFailed(
                  ServerBench.CLIENT, Code.GET, "java.lang.IllegalStateException"));
      assertThat(state.observers()).isEqualTo(1);
    }

    @Test
    void sayWhenGatheringFails() {
      var unused = observe();
      hold = true;
      set("b".repeat(20));
      held.get(0).completeExceptionally(new IllegalStateException("closed"));
      assertThat(observer.events)
          .containsExactly(
              new BlockEvent.TransferBroken(
                  ServerBench.CLIENT, Code.GET, BlockEvent.Reason.NO_ANSWER));
    }

    @Test
    void tellNothingAfterCancel() {
      Notifications notifications = observe();
      hold = true;
      set("b".repeat(20));
      Request asked = observer.sent.get(observer.sent.size() - 1);
      notifications.cancel();
      held.get(0).complete(new Outcome.Responded(asked, Reply.of(Response.of(Code.CONTENT))));
      assertThat(told).isEmpty();
      assertThat(state.observers()).isZero();
    }

    @Test
    void areCancelledWhenTheFirstAnswerCannotBeGathered() {
      boolean[] cancelled = {false};
      Notifications source =
          new Notifications() {
            @Override
            public void subscribe(Listener listener) {}

            @Override
            public void cancel() {
              cancelled[0] = true;
            }
          };
      Response first =
          Response.text(Code.CONTENT, "short").with(option(OptionNumber.BLOCK2, 0, true, 16));
      ClientBench bench =
          ClientBench.inSmallBlocks(
              (n, r) ->
                  CompletableFuture.completedFuture(
                      new Outcome.Responded(r, new Reply.Observed(first, source))));
      ClientBench.assertBroken(bench, get(), BlockEvent.Reason.WRONG_LENGTH);
      assertThat(cancelled[0]).isTrue();
    }
  }
}
