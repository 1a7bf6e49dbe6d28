package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.oscore.context.ReplayWindow;
import dev.moat.oscore.context.SecurityContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every octet of a recorded exchange changed, in every bit, and every truncation of it: nothing is
 * delivered, and no state moves.
 */
class TamperingTest {
  private static final Bytes TOKEN = Bytes.hex("aabb");

  private final SecurityContext clientContext = Contexts.client();
  private final SecurityContext serverContext = Contexts.server();
  private final ServerRig server = new ServerRig(serverContext);
  private final ClientRig client = new ClientRig();
  private final CompletableFuture<Outcome> call = client.call(Requester.put(), clientContext);
  private final Request sent = client.last().outer;

  @Test
  @Tag("AT-03")
  void executesNoChangedRequestAndMovesNoWindow() {
    ReplayWindow before = serverContext.replay().window();
    int refused = 0;
    for (Bytes variant : variants(octets(sent))) {
      Optional<Request> request = parsed(variant).flatMap(this::changedRequest);
      if (request.isPresent()) {
        assertThat(server.answer(request.get()).options().has(OptionNumber.OSCORE)).isFalse();
        refused++;
      }
    }

    assertThat(refused).isGreaterThan(100);
    assertThat(server.executed).isEmpty();
    assertThat(serverContext.replay().window()).isEqualTo(before);
    // The genuine one is served all the same.
    server.answer(Contexts.arrived(sent, Contexts.CLIENT, true));
    assertThat(server.executed).hasSize(1);
  }

  @Test
  @Tag("AT-03")
  void letsNoChangedResponseCount() {
    Response genuine = server.answer(Contexts.arrived(sent, Contexts.CLIENT, true));
    int ignored = 0;
    for (Bytes variant : variants(octets(genuine))) {
      Optional<Response> response = parsed(variant).flatMap(m -> changedResponse(m, genuine));
      if (response.isPresent()) {
        assertThat(client.last().judged(response.get()))
            .isNotInstanceOf(ResponseGate.Accepted.class);
        ignored++;
      }
    }

    assertThat(ignored).isGreaterThan(100);
    assertThat(call).isNotDone();
    assertThat(client.last().receives(genuine)).isTrue();
    assertThat(((Outcome.Responded) call.join()).reply()).isInstanceOf(Reply.Single.class);
  }

  /** What a changed message still is to this stage: with an OSCORE option, and other than sent. */
  private Optional<Request> changedRequest(Message message) {
    boolean same =
        message.options().all(OptionNumber.OSCORE).equals(sent.options().all(OptionNumber.OSCORE))
            && message.payload().equals(sent.payload());
    if (!message.code().isRequest() || !message.options().has(OptionNumber.OSCORE) || same) {
      return Optional.empty();
    }
    Request request =
        new Request(
            message.code(),
            message.options(),
            message.payload(),
            sent.peer(),
            sent.reliability(),
            sent.context());
    return Optional.of(Contexts.arrived(request, Contexts.CLIENT, true));
  }

  private static Optional<Response> changedResponse(Message message, Response genuine) {
    boolean same =
        message.options().has(OptionNumber.OSCORE)
            && message.payload().equals(genuine.payload())
            && message.options().first(OptionNumber.OSCORE).get().isEmpty();
    // Parts of outer blocks are verified as a whole: another test.
    boolean part = message.options().has(OptionNumber.BLOCK2);
    return !message.code().isResponse() || same || part
        ? Optional.empty()
        : Optional.of(new Response(message.code(), message.options(), message.payload()));
  }

  private static List<Bytes> variants(Bytes original) {
    List<Bytes> variants = new ArrayList<>();
    for (int i = 0; i < original.length(); i++) {
      variants.add(original.slice(0, i));
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = original.toArray();
        changed[i] ^= (byte) (1 << bit);
        variants.add(Bytes.owned(changed));
      }
      byte[] other = original.toArray();
      Arrays.fill(other, i, i + 1, (byte) ~other[i]);
      variants.add(Bytes.owned(other));
    }
    return variants;
  }

  private static Optional<Message> parsed(Bytes datagram) {
    try {
      return Optional.of(UdpCodec.decode(datagram));
    } catch (MessageFormatException rejectedBelow) {
      return Optional.empty();
    }
  }

  private static Bytes octets(Request request) {
    return UdpCodec.encode(
        new Message(
            MessageType.CON, 1, request.method(), TOKEN, request.options(), request.payload()));
  }

  private static Bytes octets(Response response) {
    return UdpCodec.encode(
        new Message(
            MessageType.ACK, 1, response.code(), TOKEN, response.options(), response.payload()));
  }
}
