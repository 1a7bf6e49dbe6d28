package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.engine.stream.ConnectionRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Long bodies over connections: BERT, blocks of 1024 octets, or whole (RFC 8323, Section 6). */
class StreamBlocksTest {
  private static final int BODY_OCTETS = 64 << 10;
  private static final ConnectionRules RULES = ConnectionRules.defaults();

  @Test
  @Tag("AT-42")
  void carriesBodiesInBertBlocksBothWays() {
    StreamWire wire = wire(RULES, RULES);
    transfer(wire);
    assertThat(exponents(wire)).containsOnly(BlockOption.BERT_EXPONENT);
    // The first GET block, then four of 16 KiB each way; a PUT is challenged once.
    assertThat(wire.sent).hasSize(2 + 2 * 4 + 2 + 2 * 4);
  }

  @Test
  void carriesBodiesInBlocksOf1024OctetsWhenOneEndDoesNotDoBert() {
    ConnectionRules base = RULES.withMaxMessageOctets(1152);
    for (List<ConnectionRules> ends : List.of(List.of(base, RULES), List.of(RULES, base))) {
      StreamWire wire = wire(ends.get(0), ends.get(1));
      transfer(wire);
      assertThat(exponents(wire)).containsOnly(6);
      assertThat(wire.sent).allMatch(frame -> frame.octets().length() <= 1152);
    }
  }

  @Test
  void sendsAWholeBodyToWhoTakesItAndDoesNotDoBlocks() {
    ConnectionRules whole = RULES.withMaxMessageOctets(100_000).withBlockWiseTransfer(false);
    StreamWire wire = wire(whole, whole);
    transfer(wire);
    assertThat(exponents(wire)).isEmpty();
  }

  @Test
  void doesBlocksOf1024OctetsWithWhoDidNotAnnounceThem() {
    ConnectionRules silent = RULES.withBlockWiseTransfer(false);
    StreamWire wire = wire(silent, silent);
    transfer(wire);
    assertThat(exponents(wire)).containsOnly(6);
  }

  @Test
  void keepsToSmallBlocksThatAreWished() {
    StreamWire wire =
        new StreamWire(
            config(RULES)
                .withClientBlocks(
                    StackConfig.defaults().clientBlocks().withPreferredBlockOctets(256)),
            config(RULES),
            router());
    transfer(wire);
    assertThat(exponents(wire)).containsOnly(4);
  }

  @Test
  void makesBlocksSmallerWhenOptionsTakeTheRoom() {
    ConnectionRules base = RULES.withMaxMessageOctets(1152);
    StreamWire wire = wire(base, base);
    StreamWire.Link link = wire.connect();
    Request put =
        Request.to(link.atClient, Code.PUT, "/body")
            .withPayload(body())
            .with(Option.text(OptionNumber.URI_QUERY, "q".repeat(200)));
    assertThat(wire.response(put).payload().toUtf8()).isEqualTo("got 65536");
    assertThat(exponents(wire)).containsOnly(5);
  }

  @Test
  void beginsALongUploadWhenThePeerHasSaidWhatItTakes() {
    StreamWire wire = wire(RULES, RULES);
    StreamWire.Link link = wire.open();
    Request put = Request.to(link.atClient, Code.PUT, "/body").withPayload(body());
    var outcome = wire.client.request(put, wire.now());
    assertThat(outcome.toCompletableFuture()).isNotDone();
    wire.settle();
    assertThat(outcome.toCompletableFuture()).isDone();
    assertThat(exponents(wire)).containsOnly(BlockOption.BERT_EXPONENT);
  }

  private static void transfer(StreamWire wire) {
    StreamWire.Link link = wire.connect();
    Response read = wire.response(Request.to(link.atClient, Code.GET, "/body"));
    assertThat(read.payload()).isEqualTo(body());
    Request put = Request.to(link.atClient, Code.PUT, "/body").withPayload(body());
    assertThat(wire.response(put).payload().toUtf8()).isEqualTo("got 65536");
  }

  private static StreamWire wire(ConnectionRules client, ConnectionRules server) {
    return new StreamWire(config(client), config(server), router());
  }

  private static StackConfig config(ConnectionRules rules) {
    return StackConfig.defaults().withUnsecuredActuators(true).withConnections(rules);
  }

  private static Router router() {
    return Router.of(
        Resource.at("/body")
            .get(request -> Response.of(Code.CONTENT).withPayload(body()))
            .put(request -> Response.text(Code.CHANGED, "got " + request.payload().length())));
  }

  /** The SZX of every block that travelled with a body. */
  private static List<Integer> exponents(StreamWire wire) {
    return wire.sent.stream()
        .map(StreamWire.Frame::message)
        .filter(message -> !message.payload().isEmpty() && !message.code().isSignal())
        .map(StreamBlocksTest::block)
        .flatMap(Optional::stream)
        .map(BlockOption::sizeExponent)
        .distinct()
        .toList();
  }

  private static Optional<BlockOption> block(StreamMessage message) {
    return message.code().isRequest() ? message.options().block1() : message.options().block2();
  }

  private static Bytes body() {
    byte[] octets = new byte[BODY_OCTETS];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 31 + (i >> 8));
    }
    return Bytes.owned(octets);
  }
}
