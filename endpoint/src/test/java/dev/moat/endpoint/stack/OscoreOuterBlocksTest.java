package dev.moat.endpoint.stack;

import static dev.moat.endpoint.stack.OscoreRig.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A hop with small messages cuts what it cannot read (RFC 8613, Section 4.1.3.4.2). */
class OscoreOuterBlocksTest {
  private static final int BLOCK_OCTETS = 16;

  private final OscoreRig rig = new OscoreRig();
  private final List<Message> whole = new ArrayList<>();

  private static Option block(int option, int number, int length) {
    boolean more = (number + 1) * BLOCK_OCTETS < length;
    return new Option(option, new BlockOption(number, more, 0).value());
  }

  private static Bytes part(Bytes payload, int number) {
    int start = number * BLOCK_OCTETS;
    return payload.slice(start, Math.min(payload.length(), start + BLOCK_OCTETS));
  }

  @Test
  void theServerPutsARequestTogetherAndVerifiesItAsAWhole() {
    rig.wire.middle(
        packet -> {
          whole.add(packet.message());
          return List.of(); // the hop takes it
        });
    Request get =
        rig.to(Code.GET, "/lock").with(Option.text(OptionNumber.URI_QUERY, "more=than-one-block"));
    CompletionStage<Outcome> outcome = rig.wire.request(rig.client, get);
    rig.wire.middle(List::of);
    Message cut = whole.get(0);
    int blocks = (cut.payload().length() + BLOCK_OCTETS - 1) / BLOCK_OCTETS;
    for (int i = 0; i < blocks; i++) {
      Message message =
          new Message(
              MessageType.NON,
              700 + i,
              cut.code(),
              cut.token(),
              cut.options().with(block(OptionNumber.BLOCK1, i, cut.payload().length())),
              part(cut.payload(), i));
      rig.wire.send(new Packet(VirtualWire.CLIENT, VirtualWire.SERVER, UdpCodec.encode(message)));
      rig.wire.settle();
    }
    assertThat(blocks).isGreaterThan(2);
    assertThat(OscoreRig.responseOf(OscoreRig.now(outcome)).payload().toUtf8()).isEqualTo(SECRET);
  }

  @Test
  void theClientPutsAResponseTogetherAndVerifiesItAsAWhole() {
    rig.wire.middle(this::cutResponses);
    assertThat(rig.response(rig.to(Code.GET, "/lock")).payload().toUtf8()).isEqualTo(SECRET);
    assertThat(whole).hasSize(1);
    rig.assertNothingInClear();
  }

  @Test
  void aChangedPartIsFoundInTheWhole() {
    rig.wire.middle(
        packet ->
            cutResponses(packet).stream()
                .map(p -> p.message().code().isResponse() ? damaged(p) : p)
                .toList());
    Outcome outcome = rig.outcome(rig.to(Code.GET, "/lock"));
    assertThat(((Outcome.Unknown) outcome).doubt()).isEqualTo(Outcome.Doubt.UNVERIFIED);
  }

  private static Packet damaged(Packet packet) {
    Message m = packet.message();
    byte[] octets = m.payload().toArray();
    octets[0] ^= 1;
    return packet.with(
        new Message(
            m.type(), m.messageId(), m.code(), m.token(), m.options(), Bytes.owned(octets)));
  }

  /** Keeps a response and hands it out block by block. */
  private List<Packet> cutResponses(Packet packet) {
    Message m = packet.message();
    if (m.code().isResponse()) {
      whole.add(m);
      return List.of(packet.with(blockOf(m, m.messageId(), m.token(), 0)));
    }
    if (m.options().has(OptionNumber.BLOCK2)) {
      int number = m.options().block2().orElseThrow().number();
      Message answer = blockOf(whole.get(0), m.messageId(), m.token(), number);
      return List.of(new Packet(VirtualWire.SERVER, VirtualWire.CLIENT, UdpCodec.encode(answer)));
    }
    return List.of(packet);
  }

  private static Message blockOf(Message whole, int messageId, Bytes token, int number) {
    return new Message(
        MessageType.ACK,
        messageId,
        whole.code(),
        token,
        whole.options().with(block(OptionNumber.BLOCK2, number, whole.payload().length())),
        part(whole.payload(), number));
  }
}
