package dev.moat.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.fixture.ClientBench;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.testkit.VirtualClock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private final ClientBench client =
      new ClientBench(
          new VirtualClock(),
          (number, request) -> ClientBench.responded(request, Response.text(Code.CONTENT, "1")));

  private Reconciliation of(Code method) {
    Request request =
        Request.to(ServerBench.CLIENT, method, "/lock")
            .with(Option.text(OptionNumber.URI_QUERY, "side=left"))
            .with(Option.text(OptionNumber.URI_HOST, "home"))
            .with(Option.uint(OptionNumber.CONTENT_FORMAT, 0))
            .withPayload(Bytes.utf8("1"));
    return Reconciliation.of(
        new Outcome.Unknown(request, Outcome.Doubt.NO_ACKNOWLEDGEMENT), client.service());
  }

  @Test
  void readsTheStateBackByANewConfirmableGet() {
    Outcome outcome = of(Code.PUT).readBack().toCompletableFuture().join();
    assertThat(outcome).isInstanceOf(Outcome.Responded.class);
    Request sent = client.sent.get(0);
    assertThat(sent.method()).isEqualTo(Code.GET);
    assertThat(sent.reliability()).isEqualTo(Reliability.CONFIRMABLE);
    assertThat(sent.payload().isEmpty()).isTrue();
    assertThat(sent.path()).isEqualTo("/lock");
    assertThat(sent.options().uriQuery()).containsExactly("side=left");
    assertThat(sent.options().has(OptionNumber.CONTENT_FORMAT)).isFalse();
  }

  @Test
  void repeatsIdempotentRequestsOnly() {
    assertThat(of(Code.PUT).isRepeatable()).isTrue();
    var unused = of(Code.PUT).repeat().toCompletableFuture().join();
    assertThat(client.sent.get(0).method()).isEqualTo(Code.PUT);
    assertThat(of(Code.POST).isRepeatable()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> of(Code.POST).repeat())
        .withMessageContaining("not idempotent");
  }

  @Nested
  class ConfirmableActuators {
    private Request non(Code method) {
      return Request.to(ServerBench.CLIENT, method, "/lock")
          .withReliability(Reliability.NON_CONFIRMABLE);
    }

    @Test
    @Tag("AT-12")
    void refuseANonConfirmableUnsafeRequest() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.send(non(Code.PUT)))
          .withMessageContaining("must be confirmable");
      assertThat(client.sent).isEmpty();
    }

    @Test
    void passSafeOnesAndThoseThatTheCallerTakesOnHimself() {
      assertThat(client.answer(non(Code.GET)).code()).isEqualTo(Code.CONTENT);
      Request insecure =
          non(Code.PUT).withFact(ConfirmableActuatorsFilter.INSECURE_NON_CONFIRMABLE, true);
      assertThat(client.answer(insecure).code()).isEqualTo(Code.CONTENT);
    }
  }
}
