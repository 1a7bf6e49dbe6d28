package dev.moat.engine.client;

import static dev.moat.engine.fixture.ClientBench.doubt;
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
import dev.moat.engine.fixture.ClientBench;
import dev.moat.engine.fixture.ServerBench;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protected responses that a hop cut into outer blocks. */
class OuterResponsesTest {
  private static final Option OSCORE = new Option(OptionNumber.OSCORE, Bytes.of(9, 1, 2));
  private static final Bytes CIPHERTEXT = Bytes.utf8("0123456789abcdef".repeat(4));

  private final List<Request> sent = new ArrayList<>();
  private final OuterBlocksFilter filter = new OuterBlocksFilter(64, event -> {});
  private Option protection = OSCORE;
  private Bytes body = CIPHERTEXT;

  private static Request protectedFetch() {
    return Request.to(ServerBench.CLIENT, Code.FETCH, "")
        .with(OSCORE)
        .with(Option.uint(OptionNumber.OBSERVE, 0))
        .withPayload(Bytes.utf8("request"));
  }

  private Outcome send(Request request) {
    return filter
        .handle(
            request,
            part -> {
              sent.add(part);
              int number = part.options().block2().map(BlockOption::number).orElse(0);
              int end = Math.min(body.length(), number * 16 + 16);
              Response response =
                  Response.of(Code.CHANGED)
                      .with(protection)
                      .with(option(OptionNumber.BLOCK2, number, end < body.length(), 16))
                      .withPayload(body.slice(number * 16, end));
              return ClientBench.responded(part, response);
            })
        .toCompletableFuture()
        .join();
  }

  @Test
  void joinsThemAndRepeatsTheSameProtectedRequest() {
    Response whole = ((Outcome.Responded) send(protectedFetch())).response();
    assertThat(whole.payload()).isEqualTo(CIPHERTEXT);
    assertThat(whole.options().has(OptionNumber.OSCORE)).isTrue();
    assertThat(whole.options().has(OptionNumber.BLOCK2)).isFalse();
    assertThat(sent).hasSize(4).allMatch(part -> part.options().has(OptionNumber.OSCORE));
    assertThat(sent.get(1).payload()).isEqualTo(protectedFetch().payload());
    assertThat(sent.get(1).options().has(OptionNumber.OBSERVE)).isFalse();
  }

  @Test
  void gathersNoMoreThanMaxUnfragmentedSize() {
    body = Bytes.utf8("0123456789abcdef".repeat(5));
    assertThat(doubt(send(protectedFetch()))).isEqualTo(Outcome.Doubt.TRANSFER_INCOMPLETE);
  }

  @Test
  void leavesResponsesAloneThatAreVerifiedOrNotCut() {
    protection = Option.uint(OptionNumber.ETAG, 1);
    Outcome verified = send(protectedFetch());
    assertThat(((Outcome.Responded) verified).response().options().has(OptionNumber.BLOCK2))
        .isTrue();
    assertThat(sent).hasSize(1);
    Outcome whole =
        filter
            .handle(
                protectedFetch(),
                r -> ClientBench.responded(r, Response.of(Code.CHANGED).with(OSCORE)))
            .toCompletableFuture()
            .join();
    assertThat(((Outcome.Responded) whole).response().options().has(OptionNumber.OSCORE)).isTrue();
  }

  @Test
  void leavesPlainRequestsAndFailuresAlone() {
    Request plain = Request.to(ServerBench.CLIENT, Code.GET, "/large");
    var unused = send(plain);
    assertThat(sent).containsExactly(plain);
    Outcome lost = filter.handle(protectedFetch(), ClientBench::lost).toCompletableFuture().join();
    assertThat(doubt(lost)).isEqualTo(Outcome.Doubt.NO_ACKNOWLEDGEMENT);
  }
}
