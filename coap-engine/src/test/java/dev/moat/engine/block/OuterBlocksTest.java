package dev.moat.engine.block;

import static dev.moat.engine.fixture.ServerBench.block1;
import static dev.moat.engine.fixture.ServerBench.block2;
import static dev.moat.engine.fixture.ServerBench.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OuterBlocksTest {
  private static final Option OSCORE = new Option(OptionNumber.OSCORE, Bytes.of(9, 1, 2));
  private static final String CIPHERTEXT = "a message that nobody on the way can read";

  private final List<Request> seen = new ArrayList<>();
  private Reply reply = Reply.of(Response.of(Code.CHANGED).with(OSCORE));
  private final OuterBlocksFilter filter =
      new OuterBlocksFilter(
          ServerBlockwiseConfig.defaults().withMaxBodyOctets(64), () -> 0, event -> {});

  private Reply handle(Request request) {
    return filter
        .handle(
            request,
            arrived -> {
              seen.add(arrived);
              return CompletableFuture.completedFuture(reply);
            })
        .toCompletableFuture()
        .join();
  }

  private static Request protectedPost() {
    return request(Code.POST, "").with(OSCORE);
  }

  @Test
  void joinsBlocksOfAProtectedRequestBeforeAnyoneSeesIt() {
    assertThat(handle(block1(protectedPost(), CIPHERTEXT, 0, 32)).first().code())
        .isEqualTo(Code.CONTINUE);
    assertThat(seen).isEmpty();
    Response last = handle(block1(protectedPost(), CIPHERTEXT, 1, 32)).first();
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).payload().toUtf8()).isEqualTo(CIPHERTEXT);
    assertThat(seen.get(0).options().has(OptionNumber.BLOCK1)).isFalse();
    assertThat(seen.get(0).options().has(OptionNumber.OSCORE)).isTrue();
    assertThat(last.options().block1()).isPresent();
  }

  @Test
  void joinsNothingThatIsLongerThanMaxUnfragmentedSize() {
    String tooLong = CIPHERTEXT + CIPHERTEXT;
    Response first = handle(block1(protectedPost(), tooLong, 0, 32)).first();
    Response second = handle(block1(protectedPost(), tooLong, 1, 32)).first();
    Response third = handle(block1(protectedPost(), tooLong, 2, 32)).first();
    assertThat(List.of(first.code(), second.code(), third.code()))
        .contains(Code.REQUEST_ENTITY_TOO_LARGE);
    assertThat(seen).isEmpty();
  }

  @Test
  void leavesEveryOtherRequestAlone() {
    Request plain = block1(request(Code.POST, "/box"), CIPHERTEXT, 0, 32);
    Request whole = protectedPost().withPayload(Bytes.utf8(CIPHERTEXT.repeat(9)));
    assertThat(handle(plain)).isSameAs(reply);
    assertThat(handle(whole)).isSameAs(reply);
    assertThat(seen).containsExactly(plain, whole);
  }

  @Test
  void cutsAnAnswerOnlyForWhoAsksForBlocks() {
    Response large =
        Response.of(Code.CHANGED).with(OSCORE).withPayload(Bytes.utf8(CIPHERTEXT.repeat(40)));
    reply = Reply.of(large);
    var unused = handle(block1(protectedPost(), CIPHERTEXT, 0, 32));
    Response uncut = handle(block1(protectedPost(), CIPHERTEXT, 1, 32)).first();
    assertThat(uncut.payload()).isEqualTo(large.payload());
    Response cut = handle(block2(protectedPost(), 0, 32)).first();
    assertThat(cut.payload().length()).isEqualTo(32);
    Response next = handle(block2(protectedPost(), 1, 32)).first();
    assertThat(next.payload()).isEqualTo(large.payload().slice(32, 64));
  }

  @Test
  void cutsNotificationsToo() {
    Notifications none =
        new Notifications() {
          @Override
          public void subscribe(Listener listener) {
            listener.onNotification(
                Response.of(Code.CONTENT).with(OSCORE).withPayload(Bytes.utf8(CIPHERTEXT)));
          }

          @Override
          public void cancel() {}
        };
    reply = new Reply.Observed(Response.of(Code.CONTENT).with(OSCORE), none);
    List<Integer> lengths = new ArrayList<>();
    Reply.Observed observed = (Reply.Observed) handle(block2(protectedPost(), 0, 16));
    observed
        .notifications()
        .subscribe(
            new Notifications.Listener() {
              @Override
              public void onNotification(Response notification) {
                lengths.add(notification.payload().length());
              }

              @Override
              public void onEnd(Notifications.End reason) {}
            });
    assertThat(lengths).containsExactly(16);
  }
}
