package dev.moat.interop.oscore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.interop.oscore.Agreement.Role;
import dev.moat.interop.oscore.Agreement.Secret;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Moat's client, with every default, and Californium's server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MoatToCaliforniumTest {
  private static final Bytes OPEN = Bytes.utf8("open the door wide");

  @ParameterizedTest
  @EnumSource
  void getsAndPuts(Agreement agreement) throws Exception {
    try (Pair pair = new Pair(agreement, Secret.SHARED)) {
      Response got = pair.response(pair.request(Code.GET));
      assertThat(got.code()).isEqualTo(Code.CONTENT);
      assertThat(got.payload().toUtf8()).isEqualTo("closed");
      assertThat(pair.response(pair.put(OPEN)).code()).isEqualTo(Code.CHANGED);
      assertThat(pair.server.moved()).containsExactly(OPEN);
      assertThat(pair.response(pair.request(Code.GET)).payload()).isEqualTo(OPEN);
      pair.tap.assertProtected(OPEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void observesAndCancels(Agreement agreement) throws Exception {
    try (Pair pair = new Pair(agreement, Secret.SHARED)) {
      Outcome outcome =
          pair.client.send(pair.request(Code.GET).with(Option.uint(OptionNumber.OBSERVE, 0)));
      assertThat(outcome).isInstanceOf(Outcome.Responded.class);
      Reply reply = ((Outcome.Responded) outcome).reply();
      assertThat(reply).isInstanceOf(Reply.Observed.class);
      assertThat(reply.first().payload().toUtf8()).isEqualTo("closed");
      Notifications notifications = ((Reply.Observed) reply).notifications();
      Queueing arrived = new Queueing(new LinkedBlockingQueue<>());
      notifications.subscribe(arrived);
      for (String change : new String[] {"first", "second", "third"}) {
        pair.server.set(Bytes.utf8(change));
        assertThat(Bounds.next(arrived.queue)).isEqualTo(change);
      }
      assertThat(pair.server.observers()).isEqualTo(1);
      notifications.cancel();
      Bounds.eventually(() -> pair.server.observers() == 0);
      assertThat(Bounds.next(arrived.queue)).isEqualTo("CANCELLED");
      pair.tap.assertProtected(Bytes.utf8("second"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsFourKibibytesInInnerBlocks(Agreement agreement) throws Exception {
    try (Pair pair = new Pair(agreement, Secret.SHARED)) {
      pair.server.set(Bounds.large());
      assertThat(pair.response(pair.request(Code.GET)).payload()).isEqualTo(Bounds.large());
      pair.tap.assertNoOuterBlocks();
      pair.tap.assertProtected(Bounds.large().slice(0, 16));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrongKeyMovesNothingAndItsRefusalIsDoubt(Agreement agreement) throws Exception {
    try (Pair pair = new Pair(agreement, Secret.WRONG)) {
      Outcome outcome = pair.client.send(pair.put(OPEN));
      assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
      Outcome.Unknown unknown = (Outcome.Unknown) outcome;
      assertThat(unknown.doubt()).isEqualTo(Outcome.Doubt.UNPROTECTED_ERROR);
      assertThat(unknown.unprotectedError().orElseThrow().code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(pair.server.moved()).isEmpty();
    }
  }

  @Test
  void aRecordedRequestIsNotExecutedASecondTime() throws Exception {
    try (Pair pair = new Pair(Agreement.DEFAULT, Secret.SHARED)) {
      assertThat(pair.response(pair.put(OPEN)).code()).isEqualTo(Code.CHANGED);
      Bytes recorded = pair.tap.requests().get(0);
      Message refusal = pair.tap.sendAgain(recorded, (int) Bounds.CALL.toMillis());
      assertThat(refusal.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(refusal.options().has(OptionNumber.OSCORE)).isFalse();
      assertThat(pair.server.moved()).containsExactly(OPEN);
    }
  }

  @Test
  void aNewRequestUnderAnOldPartialIvIsRefused() throws Exception {
    try (Pair pair = new Pair(Agreement.DEFAULT, Secret.SHARED)) {
      assertThat(pair.response(pair.put(OPEN)).code()).isEqualTo(Code.CHANGED);
      // Numbers from 0 again, as after a crash without a store.
      ClientRequest again =
          pair.put(Bytes.utf8("open it again"))
              .securedBy(Agreement.DEFAULT.moat(Role.CLIENT, Secret.SHARED));
      Outcome outcome = pair.client.send(again);
      assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
      assertThat(((Outcome.Unknown) outcome).unprotectedError().orElseThrow().code())
          .isEqualTo(Code.UNAUTHORIZED);
      assertThat(pair.server.moved()).containsExactly(OPEN);
    }
  }

  private record Queueing(BlockingQueue<String> queue) implements Notifications.Listener {
    @Override
    public void onNotification(Response notification) {
      queue.add(notification.payload().toUtf8());
    }

    @Override
    public void onEnd(Notifications.End reason) {
      queue.add(reason.name());
    }
  }

  /** A client and a server with a tap between them. */
  private static final class Pair implements AutoCloseable {
    private final CaliforniumServer server;
    private final Tap tap;
    private final CoapClient client;

    Pair(Agreement agreement, Secret clientSecret) throws Exception {
      server = new CaliforniumServer(agreement.californium(Role.SERVER, Secret.SHARED));
      tap = new Tap(server.port());
      client =
          CoapClient.builder()
              .oscore(agreement.moat(Role.CLIENT, clientSecret))
              .events(EventSink.NONE)
              .build();
    }

    ClientRequest request(Code method) {
      return ClientRequest.of(method, tap.uri("/door")).timeout(Bounds.CALL);
    }

    ClientRequest put(Bytes body) {
      return request(Code.PUT).payload(body);
    }

    Response response(ClientRequest request) {
      Outcome outcome = client.send(request);
      assertThat(outcome).isInstanceOf(Outcome.Responded.class);
      return ((Outcome.Responded) outcome).response();
    }

    @Override
    public void close() {
      client.close();
      tap.close();
      server.close();
    }
  }
}
