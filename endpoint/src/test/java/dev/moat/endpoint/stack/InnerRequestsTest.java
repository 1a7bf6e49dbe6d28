package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a verified request asks for is judged as the engine judges what is outside. */
class InnerRequestsTest {
  private final InnerRequests stage = new InnerRequests(EngineConfig.defaults().options());
  private final List<Request> served = new ArrayList<>();

  private Response answer(Arrival.Security security, Option option) {
    Arrival arrival = new Arrival(0, Bytes.of(1), 40, false, true, security);
    Request request =
        Request.to(VirtualWire.CLIENT, Code.GET, "lock")
            .with(option)
            .withFact(Arrival.KEY, arrival);
    return stage
        .handle(
            request,
            inner -> {
              served.add(inner);
              return CompletableFuture.completedFuture(Reply.of(Response.of(Code.CONTENT)));
            })
        .toCompletableFuture()
        .join()
        .first();
  }

  /** Meant for another server (RFC 7252, Section 5.10.2). */
  @ParameterizedTest
  @ValueSource(ints = {OptionNumber.PROXY_URI, OptionNumber.PROXY_SCHEME})
  void isNoProxy(int number) {
    Option elsewhere = Option.text(number, number == OptionNumber.PROXY_URI ? "coap://a" : "coap");
    assertThat(answer(Arrival.Security.OSCORE, elsewhere).code())
        .isEqualTo(Code.PROXYING_NOT_SUPPORTED);
    assertThat(served).isEmpty();
  }

  @Test
  void judgesNothingThatTheEngineHasJudged() {
    Option unknown = new Option(2049, Bytes.empty());
    assertThat(answer(Arrival.Security.NONE, unknown).code()).isEqualTo(Code.CONTENT);
    assertThat(answer(Arrival.Security.OSCORE, unknown).code()).isEqualTo(Code.BAD_OPTION);
    assertThat(served).hasSize(1);
  }
}
