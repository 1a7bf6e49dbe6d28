package dev.moat.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.fixture.ServerBench;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ObservableStateTest {
  private final ObservableState state = new ObservableState(text("0"));
  private final List<String> told = new ArrayList<>();

  private static Response text(String text) {
    return Response.text(Code.CONTENT, text);
  }

  private static Request observe(int value) {
    return ServerBench.request(Code.GET, "/x").with(Option.uint(OptionNumber.OBSERVE, value));
  }

  private Notifications.Listener listener() {
    return new Notifications.Listener() {
      @Override
      public void onNotification(Response notification) {
        told.add(notification.payload().toUtf8());
      }

      @Override
      public void onEnd(Notifications.End reason) {
        told.add(reason.name());
      }
    };
  }

  private Notifications register() {
    return ((Reply.Observed) state.reply(observe(0))).notifications();
  }

  @Test
  void tellsObserversEachNewState() {
    Notifications notifications = register();
    notifications.subscribe(listener());
    state.set(text("1"));
    state.set(text("2"));
    assertThat(told).containsExactly("1", "2");
    assertThat(state.current()).isEqualTo(text("2"));
    assertThat(state.observers()).isEqualTo(1);
  }

  @Test
  void tellsTheNewestStateThatCameBeforeTheSubscription() {
    Notifications notifications = register();
    state.set(text("1"));
    state.set(text("2"));
    notifications.subscribe(listener());
    assertThat(told).containsExactly("2");
  }

  @Test
  void answersOnceWithoutOrWithACancellingObserve() {
    assertThat(state.reply(ServerBench.request(Code.GET, "/x"))).isInstanceOf(Reply.Single.class);
    assertThat(state.reply(observe(1))).isInstanceOf(Reply.Single.class);
  }

  @Test
  void tellsNothingAfterCancel() {
    Notifications notifications = register();
    notifications.subscribe(listener());
    notifications.cancel();
    state.set(text("1"));
    assertThat(told).isEmpty();
    assertThat(state.observers()).isZero();
  }

  @Test
  void endsAllObservationsWithAnError() {
    register().subscribe(listener());
    state.end(Response.diagnostic(Code.NOT_FOUND, "gone"));
    state.end(Response.diagnostic(Code.NOT_FOUND, "twice"));
    state.set(text("1"));
    assertThat(told).containsExactly("gone", "RESOURCE_ENDED");
    assertThat(state.reply(observe(0))).isInstanceOf(Reply.Single.class);
    assertThat(state.observers()).isZero();
  }

  @Test
  void refusesMisuse() {
    Notifications notifications = register();
    notifications.subscribe(listener());
    assertThatIllegalStateException().isThrownBy(() -> notifications.subscribe(listener()));
    assertThatIllegalArgumentException().isThrownBy(() -> state.set(Response.of(Code.NOT_FOUND)));
    assertThatIllegalArgumentException().isThrownBy(() -> state.end(text("fine")));
  }

  @Test
  void aStateSetWhileTellingIsToldToo() {
    register()
        .subscribe(
            new Notifications.Listener() {
              @Override
              public void onNotification(Response notification) {
                told.add(notification.payload().toUtf8());
                if (told.size() == 1) {
                  state.set(text("inner"));
                }
              }

              @Override
              public void onEnd(Notifications.End reason) {}
            });
    state.set(text("outer"));
    assertThat(told).containsExactly("outer", "inner");
  }

  @Test
  void aListenerThatFailsLosesItsRelationAndHarmsNoOther() {
    register()
        .subscribe(
            new Notifications.Listener() {
              @Override
              public void onNotification(Response notification) {
                throw new IllegalStateException("planted");
              }

              @Override
              public void onEnd(Notifications.End reason) {}
            });
    register().subscribe(listener());
    state.set(text("1"));
    state.set(text("2"));
    assertThat(told).containsExactly("1", "2");
    assertThat(state.observers()).isEqualTo(1);
  }

  @Test
  void servesAnObservableResource() {
    Router router = Router.of(Resource.at("/x").title("t").sizeOctets(9).observable(state));
    Reply reply = router.handle(observe(0)).toCompletableFuture().join();
    assertThat(reply).isInstanceOf(Reply.Observed.class);
    assertThat(router.resources().get(0).attributes())
        .containsEntry("obs", List.of(""))
        .containsEntry("sz", List.of("9"));
  }

  @Nested
  class ReturningToTheLoop {
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final LoopReturn stage = new LoopReturn(loop::add);

    private void runLoop() {
      while (!loop.isEmpty()) {
        loop.pop().run();
      }
    }

    @Test
    void answersOnTheLoop() {
      CompletableFuture<Reply> elsewhere = new CompletableFuture<>();
      CompletableFuture<Reply> answer =
          stage.handle(observe(1), r -> elsewhere).toCompletableFuture();
      elsewhere.complete(state.reply(observe(1)));
      assertThat(answer).isNotDone();
      runLoop();
      assertThat(answer).isCompletedWithValue(Reply.of(text("0")));
    }

    @Test
    void passesOnAtOnceWhatIsAnsweredOnTheLoop() {
      CompletableFuture<Reply> answer =
          stage
              .handle(observe(1), r -> CompletableFuture.completedFuture(state.reply(r)))
              .toCompletableFuture();
      assertThat(answer).isCompletedWithValue(Reply.of(text("0")));
    }

    @Test
    void failsOnTheLoop() {
      CompletableFuture<Reply> answer =
          stage
              .handle(observe(1), r -> CompletableFuture.failedFuture(new RuntimeException()))
              .toCompletableFuture();
      assertThat(answer).isNotDone();
      runLoop();
      assertThat(answer).isCompletedExceptionally();
    }

    @Test
    void notifiesOnTheLoop() {
      CompletableFuture<Reply> answer =
          stage
              .handle(observe(0), r -> CompletableFuture.completedFuture(state.reply(r)))
              .toCompletableFuture();
      runLoop();
      Notifications notifications = ((Reply.Observed) answer.join()).notifications();
      notifications.subscribe(listener());
      state.set(text("1"));
      assertThat(told).isEmpty();
      runLoop();
      assertThat(told).containsExactly("1");
      told.clear();
      for (int i = 0; i < 100; i++) {
        state.set(text("fast " + i));
      }
      assertThat(loop).as("tasks that wait for the loop").hasSize(1);
      runLoop();
      assertThat(told).containsExactly("fast 99");
      told.clear();
      state.end(Response.of(Code.NOT_FOUND));
      runLoop();
      assertThat(told).containsExactly("", "RESOURCE_ENDED");
      notifications.cancel();
    }
  }
}
