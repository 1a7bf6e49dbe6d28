package dev.moat.foe.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.foe.attack.ClearSight;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9175, Section 2.4, item 3: what an address gets that has not proved that it receives. */
class SpoofedSourceTest {
  private static final Peer SERVER = Peer.of(Bytes.of(10, 0, 0, 2), 5683);
  private static final Peer VICTIM = Peer.of(Bytes.of(10, 0, 0, 99), 40_404);
  private static final Peer STRANGER = Peer.of(Bytes.of(10, 0, 0, 98), 40_404);
  private static final int FACTOR = 3;
  private static final int FIRST_ANSWER_OCTETS = 136;
  private static final long HUNDRED_SECONDS = 100_000_000_000L;
  private static final List<Code> METHODS =
      List.of(Code.GET, Code.POST, Code.PUT, Code.DELETE, Code.FETCH, Code.PATCH, Code.IPATCH);

  private final VirtualNetwork network = new VirtualNetwork(1_000_000);
  private final List<Bytes> atVictim = new ArrayList<>();
  private final List<Bytes> atStranger = new ArrayList<>();
  private int nextMessageId = 1;

  SpoofedSourceTest() {
    Random random = new Random(1);
    Stack server =
        network.attach(
            SERVER,
            gate ->
                Stack.of(
                    StackConfig.defaults().withUnsecuredActuators(true),
                    router(),
                    gate,
                    random::nextBytes,
                    EventSink.NONE));
    assertThat(server).isNotNull();
    network.receiveAt(VICTIM, (from, datagram) -> atVictim.add(datagram));
    network.receiveAt(STRANGER, (from, datagram) -> atStranger.add(datagram));
  }

  private static Router router() {
    Resource large = Resource.at("/large");
    for (Code method : METHODS) {
      large = large.on(method, r -> CompletableFuture.completedFuture(Reply.of(answer(900))));
    }
    Resource sized =
        Resource.at("/sized/{octets}")
            .get(r -> answer(Integer.parseInt(r.options().uriPath().get(1))));
    return Router.of(large, sized, Resource.at("/nothing/with/a/long/name").get(r -> answer(0)));
  }

  private static Response answer(int octets) {
    return Response.text(Code.CONTENT, "x".repeat(octets));
  }

  private Bytes request(MessageType type, Code method, Option... options) {
    int messageId = nextMessageId++;
    return UdpCodec.encode(
        new Message(
            type, messageId, method, Bytes.of(messageId), Options.of(options), Bytes.empty()));
  }

  private int send(Peer from, Bytes datagram) {
    network.send(from, SERVER, datagram);
    return datagram.length();
  }

  private void rest() {
    var unused = network.run(() -> false, HUNDRED_SECONDS);
  }

  private static Option path(String segment) {
    return Option.text(OptionNumber.URI_PATH, segment);
  }

  private static Message message(Bytes datagram) {
    return ClearSight.decode(datagram).orElseThrow();
  }

  private int victimOctets() {
    return atVictim.stream().mapToInt(Bytes::length).sum();
  }

  @ParameterizedTest
  @EnumSource(names = {"CON", "NON"})
  @Tag("AM-01")
  void getsAtMostThreeTimesWhatWasSentInItsNameWhateverTheMethod(MessageType type) {
    int sent = 0;
    for (int round = 0; round < 5; round++) {
      for (Code method : METHODS) {
        sent += send(VICTIM, request(type, method, path("large")));
        sent += send(VICTIM, request(type, method, path("none")));
        sent += send(VICTIM, request(type, method, path(".well-known"), path("core")));
      }
    }
    rest();
    assertThat(atVictim).isNotEmpty();
    assertThat(victimOctets()).isLessThanOrEqualTo(FACTOR * sent + FIRST_ANSWER_OCTETS);
  }

  @ParameterizedTest
  @EnumSource(names = {"CON", "NON"})
  @Tag("AM-02")
  @Tag("AM-04")
  void getsOneChallengeThatIsNeverRepeated(MessageType type) {
    int sent = send(VICTIM, request(type, Code.GET, path("large")));
    rest();
    assertThat(atVictim).hasSize(1);
    Message challenge = message(atVictim.get(0));
    assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(challenge.options().has(OptionNumber.ECHO)).isTrue();
    assertThat(challenge.type())
        .isEqualTo(type == MessageType.CON ? MessageType.ACK : MessageType.NON);
    assertThat(victimOctets()).isLessThanOrEqualTo(FIRST_ANSWER_OCTETS);
    assertThat(sent).isPositive();
  }

  @Test
  @Tag("AM-02")
  void getsEverythingOnceItProvedItself() {
    prove(VICTIM, atVictim);
    assertThat(message(atVictim.get(1)).code()).isEqualTo(Code.CONTENT);
    assertThat(atVictim.get(1).length()).isGreaterThan(900);
  }

  private Option prove(Peer who, List<Bytes> received) {
    send(who, request(MessageType.CON, Code.GET, path("large")));
    var unused = network.run(() -> !received.isEmpty(), HUNDRED_SECONDS);
    Bytes echo = message(received.get(0)).options().first(OptionNumber.ECHO).orElseThrow();
    Option proof = new Option(OptionNumber.ECHO, echo);
    send(who, request(MessageType.CON, Code.GET, path("large"), proof));
    var alsoUnused = network.run(() -> received.size() > 1, HUNDRED_SECONDS);
    return proof;
  }

  @Test
  @Tag("AM-05")
  void isNotProvedByTheEchoValueOfAnotherAddress() {
    Option proof = prove(STRANGER, atStranger);
    assertThat(message(atStranger.get(1)).code()).isEqualTo(Code.CONTENT);
    send(VICTIM, request(MessageType.CON, Code.GET, path("large"), proof));
    rest();
    assertThat(atVictim).hasSize(1);
    assertThat(message(atVictim.get(0)).code()).isEqualTo(Code.UNAUTHORIZED);
  }

  /** The first answer may be 136 octets long and no longer. */
  @ParameterizedTest
  @ValueSource(ints = {120, 124, 126, 127, 128, 129, 130, 131, 132, 140})
  @Tag("AM-03")
  void getsAFirstAnswerOfOneHundredThirtySixOctetsAtMost(int payload) {
    send(VICTIM, request(MessageType.CON, Code.GET, path("sized"), path("" + payload)));
    rest();
    Message answer = message(atVictim.get(0));
    int whole =
        UdpCodec.encode(
                new Message(
                    MessageType.ACK,
                    1,
                    Code.CONTENT,
                    Bytes.of(1),
                    answer(payload).options(),
                    answer(payload).payload()))
            .length();
    boolean fits = whole <= FIRST_ANSWER_OCTETS;
    assertThat(answer.code()).isEqualTo(fits ? Code.CONTENT : Code.UNAUTHORIZED);
    assertThat(atVictim.get(0).length()).isLessThanOrEqualTo(FIRST_ANSWER_OCTETS);
  }
}
