package dev.moat.engine.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.signal.PeerCapabilities;
import dev.moat.engine.client.ClientBlockwiseConfig;
import dev.moat.engine.client.ClientBlockwiseFilter;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.MessageRoom;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Block-wise transfer on connections (RFC 8323, Section 6). */
class BertTest {
  private static final Peer PEER = new Peer(0, 1, 5683, 0, 3);
  private static final MessageRoom BERT = room(16_896, true);
  private static final MessageRoom BASE = room(1152, true);

  private final List<Integer> pieces = new ArrayList<>();
  private final List<Integer> exponents = new ArrayList<>();
  private ServerBlockwiseFilter server = server(ServerBlockwiseConfig.defaults());
  private ClientBlockwiseConfig client = ClientBlockwiseConfig.defaults();

  @Test
  void goesInBertBlocksBothWays() {
    assertThat(get(40_000, BERT, BERT)).isEqualTo(body(40_000));
    assertThat(put(40_000, BERT, BERT)).isEqualTo("got 40000");
    assertThat(exponents).containsOnly(7);
    assertThat(pieces).containsExactly(16_384, 16_384, 7_232, 16_384, 16_384, 7_232);
  }

  @Test
  void goesInBlocksOf1024OctetsWithoutBert() {
    assertThat(get(3000, BASE, BASE)).isEqualTo(body(3000));
    assertThat(put(3000, BASE, BASE)).isEqualTo("got 3000");
    assertThat(exponents).containsOnly(6);
  }

  @Test
  void goesWholeToWhoDidNotSayThatHeDoesBlocks() {
    MessageRoom whole = room(10_000, false);
    assertThat(get(9000, whole, whole)).isEqualTo(body(9000));
    assertThat(put(9000, whole, whole)).isEqualTo("got 9000");
    assertThat(exponents).isEmpty();
    assertThat(get(20_000, whole, whole)).isEqualTo(body(20_000));
    assertThat(exponents).containsOnly(6);
  }

  @Test
  void keepsToTheSizeThatTheServerPrefers() {
    server = server(ServerBlockwiseConfig.defaults().withPreferredBlockOctets(512));
    assertThat(get(3000, BERT, BERT)).isEqualTo(body(3000));
    assertThat(exponents).containsOnly(5);
    assertThat(put(30_000, BERT, BERT)).isEqualTo("got 30000");
    assertThat(exponents).containsOnly(5, 7);
  }

  @Test
  void keepsToTheSizeThatTheClientWishes() {
    client = client.withPreferredBlockOctets(256);
    assertThat(get(3000, BERT, BERT)).isEqualTo(body(3000));
    assertThat(put(3000, BERT, BERT)).isEqualTo("got 3000");
    assertThat(exponents).containsOnly(4);
  }

  @Test
  void takesAWishFor1024OctetsByItsWord() {
    Option wish = new Option(OptionNumber.BLOCK2, new BlockOption(0, false, 6).value());
    Request request = Request.to(PEER, Code.GET, "/40000").with(wish);
    assertThat(exchange(request, BERT, BERT).payload()).isEqualTo(body(40_000));
    assertThat(exponents).containsOnly(6);
  }

  @Test
  void becomesSmallerWhereOptionsTakeTheRoom() {
    Option query = Option.text(OptionNumber.URI_QUERY, "q".repeat(100));
    Request put = Request.to(PEER, Code.PUT, "/x").with(query).withPayload(body(3000));
    assertThat(exchange(put, BASE, BASE).payload().toUtf8()).isEqualTo("got 3000");
    assertThat(exponents).containsOnly(5);
  }

  @Test
  void isReservedWhereNobodyAnnouncedIt() {
    Option block = new Option(OptionNumber.BLOCK1, new BlockOption(0, true, 7).value());
    Request put = Request.to(PEER, Code.PUT, "/x").with(block).withPayload(body(2048));
    MessageRoom none =
        MessageRoom.of(
            ConnectionRules.defaults().withBlockWiseTransfer(false), PeerCapabilities.base());
    assertThat(served(put.withFact(MessageRoom.KEY, none)).code()).isEqualTo(Code.BAD_REQUEST);
    assertThat(served(put).code()).isEqualTo(Code.BAD_REQUEST);
    assertThat(served(put.withFact(MessageRoom.KEY, BASE)).code()).isEqualTo(Code.CONTINUE);
  }

  @Test
  void isRefusedInAnAnswerWhereNobodyAnnouncedIt() {
    Option block = new Option(OptionNumber.BLOCK2, new BlockOption(0, true, 7).value());
    Response bert = Response.of(Code.CONTENT).with(block).withPayload(body(2048));
    CompletionStage<Outcome> outcome =
        filter()
            .handle(
                Request.to(PEER, Code.GET, "/x"),
                r -> done(new Outcome.Responded(r, Reply.of(bert))));
    assertThat(outcome.toCompletableFuture().join()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void leavesNoRoomInTheSmallestOfMessages() {
    assertThat(room(50, true).payloadOctets(Options.none())).isZero();
    assertThat(BlockSizes.exponentWithin(room(50, true), Options.none(), 6)).isZero();
    assertThat(room(0xffff_ffffL, true).payloadOctets(Options.none())).isEqualTo(Integer.MAX_VALUE);
  }

  private Bytes get(int octets, MessageRoom toServer, MessageRoom toClient) {
    return exchange(Request.to(PEER, Code.GET, "/" + octets), toServer, toClient).payload();
  }

  private String put(int octets, MessageRoom toServer, MessageRoom toClient) {
    Request put = Request.to(PEER, Code.PUT, "/x").withPayload(body(octets));
    return exchange(put, toServer, toClient).payload().toUtf8();
  }

  /** One call of a client; what it sends is served with the room of the way back. */
  private Response exchange(Request request, MessageRoom toServer, MessageRoom toClient) {
    Outcome outcome =
        filter()
            .handle(
                request.withFact(MessageRoom.KEY, toServer),
                r -> {
                  note(r.options().block1(), r.payload());
                  Response response = served(r.withFact(MessageRoom.KEY, toClient));
                  note(response.options().block2(), response.payload());
                  return done(new Outcome.Responded(r, Reply.of(response)));
                })
            .toCompletableFuture()
            .join();
    return ((Outcome.Responded) outcome).response();
  }

  private Response served(Request request) {
    return server.handle(request, this::handle).toCompletableFuture().join().first();
  }

  private CompletionStage<Reply> handle(Request request) {
    Response response =
        request.method() == Code.GET
            ? Response.of(Code.CONTENT)
                .withPayload(body(Integer.parseInt(request.path().substring(1))))
            : Response.text(Code.CHANGED, "got " + request.payload().length());
    return CompletableFuture.completedFuture(Reply.of(response));
  }

  private void note(Optional<BlockOption> block, Bytes payload) {
    if (block.isPresent() && !payload.isEmpty()) {
      exponents.add(block.get().sizeExponent());
      pieces.add(payload.length());
    }
  }

  private ClientBlockwiseFilter filter() {
    return new ClientBlockwiseFilter(client, new InsecureSeededRandom(1), EventSink.NONE);
  }

  private static ServerBlockwiseFilter server(ServerBlockwiseConfig config) {
    return new ServerBlockwiseFilter(config, () -> 0, EventSink.NONE);
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  private static MessageRoom room(long octets, boolean blocks) {
    return MessageRoom.of(ConnectionRules.defaults(), new PeerCapabilities(octets, blocks, 8));
  }

  private static Bytes body(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (i * 31 + (i >> 8));
    }
    return Bytes.owned(octets);
  }
}
