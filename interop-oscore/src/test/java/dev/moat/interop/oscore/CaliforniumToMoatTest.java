package dev.moat.interop.oscore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.interop.oscore.Agreement.Role;
import dev.moat.interop.oscore.Agreement.Secret;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.oscore.OSCoreCtx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Californium's client and Moat's server. The client does not answer Echo, so the server is told to
 * do without it, in every test but the one that shows what the default does.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CaliforniumToMoatTest {
  private static final Bytes OPEN = Bytes.utf8("open the door wide");

  @ParameterizedTest
  @EnumSource
  void getsAndPuts(Agreement agreement) throws Exception {
    try (Pair pair = Pair.of(agreement, Secret.SHARED)) {
      CoapResponse got = pair.client.get();
      assertThat(got.getCode()).isEqualTo(ResponseCode.CONTENT);
      assertThat(got.getResponseText()).isEqualTo("closed");
      assertThat(pair.client.put(OPEN).getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(pair.server.moved()).containsExactly(OPEN);
      assertThat(Bytes.copyOf(pair.client.get().getPayload())).isEqualTo(OPEN);
      pair.tap.assertProtected(OPEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void observesAndCancels(Agreement agreement) throws Exception {
    try (Pair pair = Pair.of(agreement, Secret.SHARED)) {
      BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
      CoapObserveRelation relation = pair.client.observe(arrived);
      assertThat(relation.getCurrent().getResponseText()).isEqualTo("closed");
      for (String change : new String[] {"first", "second", "third"}) {
        pair.server.set(Bytes.utf8(change));
        assertThat(Bounds.next(arrived)).isEqualTo(change);
      }
      assertThat(pair.server.observers()).isEqualTo(1);
      relation.proactiveCancel();
      Bounds.eventually(() -> pair.server.observers() == 0);
      pair.tap.assertProtected(Bytes.utf8("second"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriesFourKibibytesInInnerBlocksBothWays(Agreement agreement) throws Exception {
    try (Pair pair = Pair.of(agreement, Secret.SHARED)) {
      assertThat(pair.client.put(Bounds.large()).getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(pair.server.moved()).containsExactly(Bounds.large());
      assertThat(Bytes.copyOf(pair.client.get().getPayload())).isEqualTo(Bounds.large());
      pair.tap.assertNoOuterBlocks();
      pair.tap.assertProtected(Bounds.large().slice(0, 16));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrongKeyMovesNothing(Agreement agreement) throws Exception {
    try (Pair pair = Pair.of(agreement, Secret.WRONG)) {
      CoapResponse refusal = pair.client.put(OPEN);
      assertThat(refusal.getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
      assertThat(refusal.getResponseText()).isEqualTo("Decryption failed");
      assertThat(pair.server.moved()).isEmpty();
    }
  }

  @Test
  void aRecordedRequestIsNotExecutedASecondTime() throws Exception {
    try (Pair pair = Pair.of(Agreement.DEFAULT, Secret.SHARED)) {
      assertThat(pair.client.put(OPEN).getCode()).isEqualTo(ResponseCode.CHANGED);
      Bytes recorded = pair.tap.requests().get(0);
      Message refusal = pair.tap.sendAgain(recorded, (int) Bounds.CALL.toMillis());
      assertThat(refusal.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(refusal.payload().toUtf8()).isEqualTo("Replay detected");
      assertThat(refusal.options().has(OptionNumber.OSCORE)).isFalse();
      assertThat(pair.server.moved()).containsExactly(OPEN);
    }
  }

  @Test
  void aNewRequestUnderAnOldPartialIvIsRefused() throws Exception {
    try (Pair pair = Pair.of(Agreement.DEFAULT, Secret.SHARED)) {
      assertThat(pair.client.put(OPEN).getCode()).isEqualTo(ResponseCode.CHANGED);
      pair.context.setSenderSeq(0);
      CoapResponse refusal = pair.client.put(Bytes.utf8("open it again"));
      assertThat(refusal.getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
      assertThat(refusal.getResponseText()).isEqualTo("Replay detected");
      assertThat(pair.server.moved()).containsExactly(OPEN);
    }
  }

  @Test
  void byDefaultItsPutIsAskedForFreshnessAndNotExecuted() throws Exception {
    OSCoreCtx context = Agreement.DEFAULT.californium(Role.CLIENT, Secret.SHARED);
    try (MoatServer server =
            MoatServer.withDefaults(Agreement.DEFAULT.moat(Role.SERVER, Secret.SHARED));
        Pair pair = new Pair(server, context)) {
      CoapResponse challenge = pair.client.put(OPEN);
      assertThat(challenge.getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
      assertThat(challenge.getOptions().asSortedList())
          .anyMatch(option -> option.getNumber() == OptionNumber.ECHO);
      assertThat(server.moved()).isEmpty();
      pair.tap.assertProtected(OPEN);
    }
  }

  /** A client and a server with a tap between them. */
  private static final class Pair implements AutoCloseable {
    private final MoatServer server;
    private final OSCoreCtx context;
    private final Tap tap;
    private final CaliforniumClient client;

    Pair(MoatServer server, OSCoreCtx context) throws Exception {
      this.server = server;
      this.context = context;
      this.tap = new Tap(server.port());
      this.client = new CaliforniumClient(tap.uri("/door"), context);
    }

    static Pair of(Agreement agreement, Secret clientSecret) throws Exception {
      return new Pair(
          MoatServer.withoutEcho(agreement.moat(Role.SERVER, Secret.SHARED)),
          agreement.californium(Role.CLIENT, clientSecret));
    }

    @Override
    public void close() {
      client.close();
      tap.close();
      server.close();
    }
  }
}
