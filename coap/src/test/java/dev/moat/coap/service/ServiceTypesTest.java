package dev.moat.coap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServiceTypesTest {
  private static final Peer PEER = Peer.of(Bytes.of(192, 0, 2, 1), 5683);
  private static final Request GET = Request.to(PEER, Code.GET, "/a/b");

  @Nested
  class Peers {
    @Test
    void areWrittenAsInAUri() {
      assertThat(PEER).hasToString("192.0.2.1:5683");
      Peer six = Peer.of(Bytes.hex("20010db8000000000000000000000001"), 1);
      assertThat(six).hasToString("[2001:db8::1]:1");
      assertThat(six.isIpv4()).isFalse();
      assertThat(six.address()).isEqualTo(Bytes.hex("20010db8000000000000000000000001"));
      assertThat(PEER.address()).isEqualTo(Bytes.of(192, 0, 2, 1));
    }

    @Test
    void areTheSameOnlyWithinOneAssociation() {
      assertThat(PEER)
          .isEqualTo(Peer.of(Bytes.of(192, 0, 2, 1), 5683))
          .hasSameHashCodeAs(Peer.of(Bytes.of(192, 0, 2, 1), 5683))
          .isNotEqualTo(new Peer(PEER.high(), PEER.low(), PEER.port(), 0, 1));
    }

    @Test
    void knowMulticastOfBothFamilies() {
      assertThat(Peer.of(Bytes.of(224, 0, 1, 187), 5683).isMulticast()).isTrue();
      assertThat(PEER.isMulticast()).isFalse();
      assertThat(Peer.of(Bytes.hex("ff0200000000000000000000000000fd"), 1).isMulticast()).isTrue();
      assertThat(Peer.of(Bytes.hex("fe800000000000000000000000000001"), 1).isMulticast()).isFalse();
      assertThat(Peer.of(Bytes.hex("00000000000000010000ffffc0000201"), 1).isIpv4()).isFalse();
    }

    @Test
    void refuseOtherLengthsAndPorts() {
      assertThatIllegalArgumentException().isThrownBy(() -> Peer.of(Bytes.of(1), 1));
      assertThatIllegalArgumentException().isThrownBy(() -> Peer.of(PEER.address(), 65536));
      assertThatIllegalArgumentException().isThrownBy(() -> Peer.of(PEER.address(), -1));
    }
  }

  @Nested
  class Requests {
    @Test
    void splitTheirPath() {
      assertThat(GET.options().uriPath()).containsExactly("a", "b");
      assertThat(GET.path()).isEqualTo("/a/b");
      assertThat(Request.to(PEER, Code.GET, "a//").options().uriPath())
          .containsExactly("a", "", "");
      assertThat(Request.to(PEER, Code.GET, "/").options().isEmpty()).isTrue();
    }

    @Test
    void changeOnePartAtATime() {
      Option accept = Option.uint(OptionNumber.ACCEPT, 60);
      Request changed =
          GET.with(accept)
              .withPayload(Bytes.of(1))
              .withMethod(Code.FETCH)
              .withReliability(Reliability.NON_CONFIRMABLE);
      assertThat(changed.options().uint(OptionNumber.ACCEPT)).hasValue(60);
      assertThat(changed.payload()).isEqualTo(Bytes.of(1));
      assertThat(changed.method()).isSameAs(Code.FETCH);
      assertThat(changed.reliability()).isEqualTo(Reliability.NON_CONFIRMABLE);
      assertThatIllegalArgumentException().isThrownBy(() -> GET.withMethod(Code.CONTENT));
    }

    @Test
    void knowHowTheyArrived() {
      Arrival arrival = new Arrival(1, Bytes.empty(), 20, false, true, Arrival.Security.NONE);
      assertThat(GET.withFact(Arrival.KEY, arrival).arrival()).isSameAs(arrival);
      assertThatIllegalStateException().isThrownBy(GET::arrival);
    }
  }

  @Nested
  class Contexts {
    @Test
    void hideOlderFactsBehindNewerOnes() {
      Context.Key<String> one = new Context.Key<>("one");
      Context.Key<Integer> two = new Context.Key<>("two");
      Context context = Context.empty().with(one, "a").with(two, 2).with(one, "b");
      assertThat(context.find(one)).contains("b");
      assertThat(context.find(two)).contains(2);
      assertThat(context.has(new Context.Key<>("one"))).isFalse();
      assertThat(Context.empty().has(one)).isFalse();
      assertThat(one).hasToString("one");
    }
  }

  @Nested
  class Outcomes {
    private final Request other = GET.withPayload(Bytes.of(9));
    private final Outcome responded = new Outcome.Responded(GET, Reply.of(text("x")));
    private final Outcome notDelivered = new Outcome.NotDelivered(GET, Outcome.Cause.QUEUE_FULL);
    private final Outcome unknown = new Outcome.Unknown(GET, Outcome.Doubt.NO_RESPONSE);

    @Test
    void foldToOneOfThreeValues() {
      List<String> folded = new ArrayList<>();
      for (Outcome outcome : List.of(responded, notDelivered, unknown)) {
        folded.add(
            outcome.fold(
                r -> r.response().payload().toUtf8(),
                n -> n.cause().name(),
                u -> u.doubt().name()));
      }
      assertThat(folded).containsExactly("x", "QUEUE_FULL", "NO_RESPONSE");
    }

    @Test
    void changeOnlyTheReplyThatIsThere() {
      UnaryOperator<Reply> change = reply -> reply.map(first -> text("y"));
      assertThat(responded.mapReply(change))
          .isEqualTo(new Outcome.Responded(GET, Reply.of(text("y"))));
      assertThat(notDelivered.mapReply(change)).isSameAs(notDelivered);
      assertThat(unknown.mapReply(change)).isSameAs(unknown);
    }

    @Test
    void speakOfTheRequestTheCallerGave() {
      for (Outcome outcome : List.of(responded, notDelivered, unknown)) {
        assertThat(outcome.about(other).request()).isSameAs(other);
      }
    }
  }

  @Nested
  class Replies {
    @Test
    void mapTheFirstResponseAndEveryNotification() {
      Pushed source = new Pushed();
      Reply reply =
          new Reply.Observed(text("a"), source).map(r -> text(r.payload().toUtf8() + "!"));
      assertThat(reply.first().payload().toUtf8()).isEqualTo("a!");
      Notifications notifications = ((Reply.Observed) reply).notifications();
      Heard heard = new Heard();
      notifications.subscribe(heard);
      source.listener.onNotification(text("b"));
      source.listener.onEnd(Notifications.End.RESET);
      notifications.cancel();
      assertThat(heard.log).containsExactly("b!", "RESET");
      assertThat(source.cancelled).isTrue();
    }
  }

  @Nested
  class Responses {
    @Test
    void carryACodeOptionsAndABody() {
      assertThat(text("x").options().contentFormat()).hasValue(0);
      assertThat(Response.diagnostic(Code.BAD_OPTION, "x").options().isEmpty()).isTrue();
      Response changed =
          Response.of(Code.CONTENT)
              .withOptions(Options.none())
              .with(Option.uint(OptionNumber.MAX_AGE, 1))
              .withPayload(Bytes.of(1));
      assertThat(changed.options().uint(OptionNumber.MAX_AGE)).hasValue(1);
      assertThatIllegalArgumentException().isThrownBy(() -> Response.of(Code.GET));
    }
  }

  @Test
  void filtersStandAroundServices() throws Exception {
    Service<String, String> service = CompletableFuture::completedFuture;
    Filter<String, String> filter = (request, next) -> next.handle(request + "1");
    assertThat(filter.around(service).handle("0").toCompletableFuture().get()).isEqualTo("01");
    EventSink.NONE.emit(() -> "nothing");
  }

  private static Response text(String text) {
    return Response.text(Code.CONTENT, text);
  }

  private static final class Pushed implements Notifications {
    private Listener listener = new Heard();
    private boolean cancelled;

    @Override
    public void subscribe(Listener subscriber) {
      listener = subscriber;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static final class Heard implements Notifications.Listener {
    private final List<String> log = new ArrayList<>();

    @Override
    public void onNotification(Response notification) {
      log.add(notification.payload().toUtf8());
    }

    @Override
    public void onEnd(Notifications.End reason) {
      log.add(reason.name());
    }
  }
}
