package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.engine.resource.Router;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GroupRequestTest {
  private static final Peer GROUP = Peer.of(Bytes.of(224, 0, 1, 187), 5683);
  private static final Peer MEMBER = Peer.of(Bytes.of(192, 0, 2, 9), 5683);

  /** The engine keeps no relation with a group, so nobody may wait for its notifications. */
  @Test
  void anAnswerWithObserveBeginsNoObservation() throws MessageFormatException {
    Stack stack = Stack.of(StackConfig.defaults(), Router.of(), target -> {}, EventSink.NONE);
    Option observe = Option.uint(OptionNumber.OBSERVE, 0);
    Request registration =
        Request.to(GROUP, Code.GET, "/x")
            .with(observe)
            .withReliability(Reliability.NON_CONFIRMABLE);
    CompletableFuture<Outcome> outcome = stack.request(registration, 0).toCompletableFuture();
    Message sent = UdpCodec.decode(Objects.requireNonNull(stack.pollTransmit()).datagram());
    Message answer =
        new Message(
            MessageType.NON, 1, Code.CONTENT, sent.token(), Options.of(observe), Bytes.empty());
    stack.onDatagram(MEMBER, UdpCodec.encode(answer), false, 1);
    assertThat(((Outcome.Responded) outcome.join()).reply()).isInstanceOf(Reply.Single.class);
  }
}
