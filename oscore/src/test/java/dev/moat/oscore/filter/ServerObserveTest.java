package dev.moat.oscore.filter;

import static dev.moat.oscore.filter.Contexts.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Notifications.End;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 8613, Sections 4.1.3.5 and 8.3.1, on the server. */
class ServerObserveTest {
  private final Requester requester = new Requester(Contexts.client());
  private final ServerRig server = new ServerRig(Contexts.server());
  private final Resource resource = new Resource();
  private final Wire wire = new Wire();

  @BeforeEach
  void serveAnObservableResource() {
    server.resource =
        request ->
            CompletableFuture.completedFuture(
                new Reply.Observed(Response.text(Code.CONTENT, "0"), resource));
  }

  @Test
  void givesEveryNotificationAPartialIvOfItsOwnAndAnEmptyInnerObserve() {
    Requester.Asked asked = requester.ask(Requester.observe(0));
    Response first = observed(asked);
    resource.tell(Response.text(Code.CONTENT, "1"));
    resource.tell(Response.text(Code.CONTENT, "2"));

    assertThat(first.code()).isEqualTo(Code.CONTENT);
    assertThat(first.options().has(OptionNumber.OBSERVE)).isTrue();
    assertThat(asked.partialIv(first)).hasValue(0);
    assertThat(wire.sent).hasSize(2);
    assertThat(asked.partialIv(wire.sent.get(0))).hasValue(1);
    assertThat(asked.partialIv(wire.sent.get(1))).hasValue(2);
    Response inner = asked.read(wire.sent.get(1));
    assertThat(inner.options().first(OptionNumber.OBSERVE)).hasValue(Bytes.empty());
    assertThat(inner.payload().toUtf8()).isEqualTo("2");
  }

  @Test
  void protectsAnErrorThatEndsTheObservation() {
    Requester.Asked asked = requester.ask(Requester.observe(0));
    Response unused = observed(asked);
    resource.tell(Response.of(Code.NOT_FOUND));
    resource.end(End.RESOURCE_ENDED);

    assertThat(unused.options().has(OptionNumber.OBSERVE)).isTrue();
    assertThat(wire.sent).hasSize(1);
    // Without Outer Observe: the message layer takes it for the last one.
    assertThat(wire.sent.get(0).options().has(OptionNumber.OBSERVE)).isFalse();
    assertThat(asked.partialIv(wire.sent.get(0))).hasValue(1);
    assertThat(asked.read(wire.sent.get(0)).code()).isEqualTo(Code.NOT_FOUND);
    assertThat(wire.ended).containsExactly(End.RESOURCE_ENDED);
  }

  @Test
  void protectsTheLastWordWhenTheResourceSaysNone() {
    Requester.Asked asked = requester.ask(Requester.observe(0));
    assertThat(observed(asked).options().has(OptionNumber.OBSERVE)).isTrue();
    resource.end(End.EVICTED);

    assertThat(asked.read(wire.sent.get(0)).code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
    assertThat(wire.ended).containsExactly(End.EVICTED);
  }

  @Test
  void spendsNoPartialIvWhenTheObserverLeft() {
    Requester.Asked asked = requester.ask(Requester.observe(0));
    assertThat(observed(asked).options().has(OptionNumber.OBSERVE)).isTrue();
    resource.end(End.CANCELLED);

    assertThat(wire.sent).isEmpty();
    assertThat(wire.ended).containsExactly(End.CANCELLED);
  }

  @Test
  void registersWhenTheOuterObserveWasTakenAway() {
    Requester.Asked asked = requester.ask(Requester.observe(0));
    Request stripped =
        asked.outer().withOptions(asked.outer().options().without(OptionNumber.OBSERVE));

    Reply reply = server.reply(stripped);

    assertThat(reply).isInstanceOf(Reply.Observed.class);
    assertThat(asked.read(reply.first()).options().has(OptionNumber.OBSERVE)).isTrue();
  }

  @Test
  void registersNothingWhenOnlyTheOuterObserveSaysSo() {
    Requester.Asked asked = requester.ask(Requester.get());

    Reply reply = server.reply(asked.outer().with(Option.uint(OptionNumber.OBSERVE, 0)));

    assertThat(server.executed.get(0).options().has(OptionNumber.OBSERVE)).isFalse();
    assertThat(asked.read(reply.first()).options().has(OptionNumber.OBSERVE)).isFalse();
    assertThat(asked.partialIv(reply.first())).isEmpty();
  }

  @Test
  void handsTheInnerCancellationToTheMessageLayer() {
    Requester.Asked asked = requester.ask(Requester.observe(1));
    server.answers(Response.text(Code.CONTENT, "0"));

    Response answer = server.answer(asked.outer().with(Option.uint(OptionNumber.OBSERVE, 0)));

    assertThat(server.verified.get(0).options().observe()).hasValue(1);
    assertThat(asked.partialIv(answer)).isEmpty();
  }

  @Test
  void takesNoObserveOfAnUnsafeMethodForARegistration() {
    Requester.Asked asked =
        requester.ask(Requester.put().with(Option.uint(OptionNumber.OBSERVE, 0)), CLIENT, false);

    Response answer = server.answer(asked.outer());

    assertThat(server.executed).hasSize(1);
    assertThat(asked.partialIv(answer)).isEmpty();
  }

  @Test
  void passesCancellationAndConfirmabilityThrough() {
    Requester.Asked asked = requester.ask(Requester.observe(0));
    Reply.Observed reply = (Reply.Observed) server.reply(asked.outer());

    reply.notifications().cancel();

    assertThat(resource.cancelled).isTrue();
    assertThat(reply.notifications().isConfirmable()).isTrue();
  }

  @Test
  @Tag("AM-14")
  void registersNoAddressThatHasNotReturnedAnOuterEcho() {
    Peer victim = Peer.of(Bytes.of(198, 51, 100, 7), 5683);
    Request moved = requester.ask(Requester.observe(0), victim, false).outer();

    Response answer = server.answer(moved);

    assertThat(server.executed).isEmpty();
    assertThat(answer.code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(answer.options().has(OptionNumber.OSCORE)).isFalse();
    assertThat(answer.options().first(OptionNumber.ECHO))
        .hasValue(server.proof.reachability(victim, server.clock.nowNanos()));
    assertThat(server.event(OscoreEvent.ReachabilityDemanded.class)).isPresent();
    // The same request again, from the genuine address, is a replay: nothing was registered.
    server.answer(Contexts.arrived(moved, CLIENT, true));
    assertThat(server.executed).isEmpty();
    // A new one from an address that the message layer has seen the Echo of is served.
    server.answer(requester.ask(Requester.observe(0), CLIENT, true).outer());
    assertThat(server.executed).hasSize(1);
  }

  @Test
  void registersAnUnprovenAddressOnlyWhenToldTo() {
    ServerRig lenient = new ServerRig(s -> s.withInsecureObserveUnproven(true), Contexts.server());

    lenient.answer(requester.ask(Requester.observe(0), CLIENT, false).outer());

    assertThat(lenient.executed).hasSize(1);
  }

  private Response observed(Requester.Asked asked) {
    Reply.Observed reply = (Reply.Observed) server.reply(asked.outer());
    reply.notifications().subscribe(wire);
    return reply.first();
  }

  private static final class Resource implements Notifications {
    private final List<Listener> listeners = new ArrayList<>();
    private boolean cancelled;

    void tell(Response state) {
      listeners.forEach(l -> l.onNotification(state));
    }

    void end(End reason) {
      listeners.forEach(l -> l.onEnd(reason));
    }

    @Override
    public void subscribe(Listener listener) {
      listeners.add(listener);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public boolean isConfirmable() {
      return true;
    }
  }

  private static final class Wire implements Notifications.Listener {
    private final List<Response> sent = new ArrayList<>();
    private final List<End> ended = new ArrayList<>();

    @Override
    public void onNotification(Response notification) {
      sent.add(notification);
    }

    @Override
    public void onEnd(End reason) {
      ended.add(reason);
    }
  }
}
