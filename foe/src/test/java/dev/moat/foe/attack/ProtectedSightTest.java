package dev.moat.foe.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Fate;
import dev.moat.foe.scenario.Pattern;
import dev.moat.foe.scenario.Step;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Foe makes of protected traffic: only what is in clear. */
class ProtectedSightTest {
  private static final Peer SERVER = Peer.of(Bytes.of(10, 0, 0, 2), 5683);
  private static final EchoHabits HABITS = new EchoHabits(14, 8, Duration.ofSeconds(10));
  private static final Step.Meet UNLOCK = line(Direction.TO_SERVER, Code.PUT, "PUT /lock \"0\"");
  private static final Step.Meet CHANGED = line(Direction.TO_CLIENT, Code.CHANGED, "2.04");

  private final Talk talk = new Talk();
  private long nowNanos;
  private ProtectedSight sight = new ProtectedSight(Optional.of(HABITS), () -> nowNanos);

  private static Step.Meet line(Direction direction, Code code, String text) {
    Pattern pattern =
        new Pattern(
            Optional.of(code),
            code.isRequest() ? Optional.of("/lock") : Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Step.Meet(1, text, direction, new Fate.Pass(), pattern);
  }

  private static Request put(String path, String payload) {
    return Request.to(SERVER, Code.PUT, path).withPayload(Bytes.utf8(payload));
  }

  private static Response withEcho(Code code) {
    return Response.of(code)
        .with(new Option(OptionNumber.ECHO, Bytes.hex("00112233445566778899aabbccdd")));
  }

  private static Request withEcho(Request request) {
    return request.with(new Option(OptionNumber.ECHO, Bytes.hex("00112233445566778899aabbccdd")));
  }

  private boolean takes(Step.Meet line, Bytes datagram) {
    boolean taken = sight.isMeantBy(line, datagram);
    sight.noticed(line.direction(), datagram);
    return taken;
  }

  @Test
  void cannotTellMessagesOfTheSameLengthApart() {
    Bytes unlock = talk.request(put("/lock", "0"));
    Bytes other =
        new Talk().request(Request.to(SERVER, Code.POST, "/oven").withPayload(Bytes.of(9)));
    assertThat(unlock).isNotEqualTo(other);
    assertThat(sight.describe(unlock))
        .isEqualTo(sight.describe(other))
        .isEqualTo("CON MID=0001 T=01 POST OSCORE kid=01 PIV=00, 16 octets");
    assertThat(sight.isMeantBy(UNLOCK, unlock)).isTrue();
    assertThat(sight.isMeantBy(UNLOCK, other)).isTrue();
  }

  /** Even a sight that reads whatever is in clear finds neither path nor payload. */
  @Test
  void hasNothingThatClearSightCouldSee() {
    Bytes unlock = talk.request(put("/lock", "0"));
    ClearSight clear = new ClearSight();
    assertThat(clear.isMeantBy(UNLOCK, unlock)).isFalse();
    assertThat(clear.describe(unlock)).contains(" POST /").doesNotContain("lock");
  }

  @Test
  void takesTheNextNewDatagramOfADirectionForTheLines() {
    Bytes first = talk.request(put("/lock", "0"));
    assertThat(sight.describe(UNLOCK, first)).endsWith(", taken for PUT /lock \"0\"");
    assertThat(takes(UNLOCK, first)).isTrue();
    assertThat(takes(UNLOCK, first)).as("a copy").isFalse();
    assertThat(takes(UNLOCK, talk.request(put("/lock", "0")))).as("a new request").isTrue();
  }

  @Test
  void takesNoEmptyOrUnprotectedMessageForTheApplications() {
    Bytes empty = UdpCodec.encode(Message.empty(MessageType.ACK, 1));
    Bytes error =
        UdpCodec.encode(
            new Message(
                MessageType.ACK,
                1,
                Code.UNAUTHORIZED,
                Bytes.of(1),
                Options.none(),
                Bytes.utf8("Replay detected")));
    assertThat(takes(CHANGED, empty)).isFalse();
    assertThat(takes(CHANGED, error)).isFalse();
    assertThat(sight.describe(error)).contains("4.01 Unauthorized \"Replay detected\"");
    Step.Meet any = new Step.Meet(1, "*", Direction.TO_CLIENT, new Fate.Drop(), Pattern.ANY);
    assertThat(sight.isMeantBy(any, talk.answer(put("/lock", "0"), withEcho(Code.UNAUTHORIZED))))
        .isTrue();
  }

  @Test
  void recognisesAChallengeAndItsAnswerByTheirLengths() {
    assertThat(takes(UNLOCK, talk.request(put("/lock", "0")))).isTrue();
    assertThat(takes(CHANGED, talk.response(withEcho(Code.UNAUTHORIZED)))).isFalse();
    assertThat(takes(UNLOCK, talk.request(withEcho(put("/lock", "0"))))).isFalse();
    // As long as the challenge, but who was just given a value is not challenged again.
    assertThat(takes(CHANGED, talk.response(withEcho(Code.CHANGED)))).isTrue();
    assertThat(takes(UNLOCK, talk.request(withEcho(put("/lock", "1"))))).isTrue();
  }

  @Test
  void expectsAnotherChallengeOnceTheValueIsOld() {
    sight.noticed(Direction.TO_SERVER, talk.request(put("/lock", "0")));
    sight.noticed(Direction.TO_CLIENT, talk.response(withEcho(Code.UNAUTHORIZED)));
    nowNanos = Duration.ofSeconds(11).toNanos();
    assertThat(takes(UNLOCK, talk.request(withEcho(put("/door", "1"))))).isFalse();
    assertThat(takes(UNLOCK, talk.request(withEcho(put("/lock", "1"))))).isTrue();
    assertThat(takes(CHANGED, talk.response(withEcho(Code.UNAUTHORIZED)))).isFalse();
    assertThat(takes(UNLOCK, talk.request(withEcho(put("/lock", "1"))))).as("new value").isFalse();
  }

  @Test
  void takesARequestOfAnotherLengthForANewOneEvenAfterAChallenge() {
    sight.noticed(Direction.TO_SERVER, talk.request(put("/lock", "0")));
    sight.noticed(Direction.TO_CLIENT, talk.response(withEcho(Code.UNAUTHORIZED)));
    assertThat(takes(UNLOCK, talk.request(put("/livingroom", "21")))).isTrue();
  }

  /** The control: what a Foe does wrong that does not know the software. */
  @Test
  void takesAChallengeForTheAnswerOfAServerThatIsNotKnownToChallenge() {
    sight = new ProtectedSight(Optional.empty(), () -> 0);
    sight.noticed(Direction.TO_SERVER, talk.request(put("/lock", "0")));
    assertThat(takes(CHANGED, talk.response(withEcho(Code.UNAUTHORIZED)))).isTrue();
    assertThat(takes(UNLOCK, talk.request(withEcho(put("/lock", "0"))))).isTrue();
  }

  @Test
  void refusesHabitsThatItCannotReckonWith() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EchoHabits(8, 8, Duration.ZERO))
        .withMessageContaining("13");
  }

  /** A client and a server that answer each other, and their datagrams. */
  private static final class Talk {
    private final Crypto crypto = JdkCrypto.create();
    private final Protector protector = new Protector(crypto);
    private final SecurityContext client;
    private final SecurityContext server;
    private int messageId;
    private Optional<RequestBinding> asked = Optional.empty();

    Talk() {
      try (SecretBytes secret = SecretBytes.copyOf(new byte[16]);
          ContextParameters here =
              ContextParameters.builder(secret, Bytes.of(1), Bytes.of(2)).build();
          ContextParameters there = here.reversed()) {
        client = derive(here);
        server = derive(there);
      }
    }

    private SecurityContext derive(ContextParameters parameters) {
      return SecurityContext.derive(
          parameters,
          crypto,
          InsecureVolatileReservations.start(0),
          SecurityContext.Provenance.FRESH);
    }

    Bytes request(Request inner) {
      try {
        Request outer = protector.protectRequest(client, inner).outer();
        Unprotected received = protector.unprotectRequest(server, outer);
        asked = Optional.of(((Unprotected.Fresh) received).binding());
        messageId++;
        return datagram(MessageType.CON, outer.method(), outer.options(), outer.payload());
      } catch (OscoreException impossible) {
        throw new AssertionError(impossible);
      }
    }

    Bytes response(Response inner) {
      try {
        Response outer =
            protector.protectResponse(asked.orElseThrow(), inner, ResponseForm.REUSE_NONCE);
        return datagram(MessageType.ACK, outer.code(), outer.options(), outer.payload());
      } catch (OscoreException impossible) {
        throw new AssertionError(impossible);
      }
    }

    Bytes answer(Request request, Response response) {
      assertThat(request(request)).isNotNull();
      return response(response);
    }

    private Bytes datagram(MessageType type, Code code, Options options, Bytes payload) {
      return UdpCodec.encode(
          new Message(type, messageId, code, Bytes.of(messageId), options, payload));
    }
  }
}
