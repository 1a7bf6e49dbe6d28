package dev.moat.foe.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.foe.path.Format;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every flipped, truncated and repeated variant of a recorded exchange, sent to running stacks.
 *
 * <p>What OSCORE leaves unprotected may be altered and the message is still genuine: type, Message
 * ID, token and outer code. A recorded request altered there is a replay; that is why what the
 * server never received is altered in its option and ciphertext only.
 */
class RecordedExchangeTest {
  private static final Peer CLIENT = Peer.of(Bytes.of(10, 0, 0, 1), 50_001);
  private static final Peer SERVER = Peer.of(Bytes.of(10, 0, 0, 2), 5683);
  private static final Peer FRONT = Peer.of(Bytes.of(10, 0, 0, 66), 5683);
  private static final Peer BACK = Peer.of(Bytes.of(10, 0, 0, 66), 40_000);
  private static final Peer STRANGER = Peer.of(Bytes.of(10, 0, 0, 77), 40_001);
  private static final long MILLI = 1_000_000;
  private static final long MINUTE = 60_000 * MILLI;

  /** A client and a server with OSCORE, and Foe between them, who passes on what it is told to. */
  private static final class Scene {
    final VirtualNetwork network = new VirtualNetwork(MILLI);
    final List<Bytes> requests = new ArrayList<>();
    final List<Bytes> responses = new ArrayList<>();
    final List<Bytes> atStranger = new ArrayList<>();
    final List<String> turned = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final SecurityContext clientContext;
    final SecurityContext serverContext;
    private final Stack client;
    Predicate<Bytes> passesRequest = request -> true;
    Predicate<Bytes> passesResponse = response -> true;

    Scene() {
      Crypto crypto = JdkCrypto.create();
      try (SecretBytes secret = SecretBytes.copyOf(new byte[16]);
          ContextParameters here =
              ContextParameters.builder(secret, Bytes.of(1), Bytes.of(2)).build();
          ContextParameters there = here.reversed()) {
        clientContext = derive(here, crypto);
        serverContext = derive(there, crypto);
      }
      Random random = new Random(1);
      ContextTable contexts = new ContextTable();
      contexts.add(serverContext);
      Stack server =
          network.attach(
              SERVER,
              gate ->
                  Stack.of(
                      StackConfig.defaults()
                          .withEchoFreshness(false)
                          .withOscore(OscoreConfig.of(contexts)),
                      Router.of(Resource.at("/lock").put(this::turn)),
                      gate,
                      random::nextBytes,
                      EventSink.NONE));
      client =
          network.attach(
              CLIENT,
              gate ->
                  Stack.of(
                      StackConfig.defaults().withOscore(OscoreConfig.forRequestsOnly()),
                      Router.of(),
                      gate,
                      random::nextBytes,
                      EventSink.NONE));
      network.receiveAt(FRONT, (from, request) -> onRequest(request));
      network.receiveAt(BACK, (from, response) -> onResponse(response));
      network.receiveAt(STRANGER, (from, answer) -> atStranger.add(answer));
      assertThat(server).isNotSameAs(client);
    }

    private static SecurityContext derive(ContextParameters parameters, Crypto crypto) {
      return SecurityContext.derive(
          parameters,
          crypto,
          InsecureVolatileReservations.start(0),
          SecurityContext.Provenance.FRESH);
    }

    private Response turn(Request request) {
      turned.add(request.payload().toUtf8());
      return Response.text(Code.CHANGED, "turned " + request.payload().toUtf8());
    }

    private void onRequest(Bytes request) {
      requests.add(request);
      if (passesRequest.test(request)) {
        network.send(BACK, SERVER, request);
      }
    }

    private void onResponse(Bytes response) {
      responses.add(response);
      if (passesResponse.test(response)) {
        network.send(FRONT, CLIENT, response);
      }
    }

    void ask(String position) {
      Request request = Request.to(FRONT, Code.PUT, "/lock").withPayload(Bytes.utf8(position));
      network.inside(
          CLIENT,
          () -> {
            var unused =
                client
                    .request(SecuredBy.secured(request, clientContext), network.nowNanos())
                    .thenAccept(outcomes::add);
          });
    }

    void askAndWait(String position) {
      int before = outcomes.size();
      ask(position);
      assertThat(network.run(() -> outcomes.size() > before, MINUTE)).isTrue();
    }

    void rest() {
      var unused = network.run(() -> false, 50 * MILLI);
    }

    String answer(int index) {
      return outcomes
          .get(index)
          .fold(
              responded -> responded.response().payload().toUtf8(),
              lost -> "not delivered: " + lost.cause(),
              unknown -> "unknown: " + unknown.doubt());
    }

    /** The next sequence number of a context; takes it. */
    static long nextNumber(SecurityContext context) {
      try {
        return context.senderSequence().next();
      } catch (OscoreException exhausted) {
        throw new AssertionError(exhausted);
      }
    }
  }

  /** All datagrams that differ in one bit at or behind {@code start}, or end too early there. */
  private static List<Bytes> variants(Bytes datagram, int start) {
    List<Bytes> variants = new ArrayList<>();
    for (int place = start; place < datagram.length(); place++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = datagram.toArray();
        flipped[place] ^= (byte) (1 << bit);
        variants.add(Bytes.owned(flipped));
      }
      variants.add(datagram.slice(0, place));
    }
    variants.add(datagram.plus(Bytes.of(0)));
    return variants;
  }

  /** Where header and token end and the options begin. */
  private static int optionsBegin(Bytes datagram) {
    return 4 + Format.UDP.decode(datagram).orElseThrow().token().length();
  }

  @Nested
  class RecordedRequest {
    @Test
    @Tag("AT-03")
    @Tag("AT-04")
    void isServedOnceHoweverItComesAgain() {
      Scene scene = new Scene();
      scene.askAndWait("1");
      var window = scene.serverContext.replay().window();
      Bytes recorded = scene.requests.get(0);
      List<Bytes> variants = variants(recorded, 0);
      variants.add(recorded);
      for (Bytes variant : variants) {
        scene.network.send(STRANGER, SERVER, variant);
        scene.network.send(BACK, SERVER, variant);
        scene.rest();
      }
      assertThat(scene.turned).containsExactly("1");
      assertThat(scene.serverContext.replay().window()).isEqualTo(window);
      assertThat(scene.atStranger)
          .filteredOn(RecordedExchangeTest::saysReplayDetected)
          .hasSizeGreaterThan(20);

      scene.askAndWait("0");
      assertThat(scene.turned).containsExactly("1", "0");
      assertThat(scene.answer(1)).isEqualTo("turned 0");
      // Nothing made either side use a number that a message of its own did not need.
      assertThat(Scene.nextNumber(scene.clientContext)).isEqualTo(2);
      assertThat(Scene.nextNumber(scene.serverContext)).isZero();
    }
  }

  private static boolean saysReplayDetected(Bytes datagram) {
    return Format.UDP
        .decode(datagram)
        .filter(message -> message.code() == Code.UNAUTHORIZED)
        .filter(message -> message.payload().toUtf8().equals("Replay detected"))
        .isPresent();
  }

  @Nested
  class HeldRequest {
    /** Were the window moved before the tag is checked, the genuine one would be a replay. */
    @Test
    @Tag("AT-03")
    void isStillServedAfterEveryForgeryMadeOfIt() {
      Scene scene = new Scene();
      scene.passesRequest = request -> false;
      scene.ask("1");
      scene.rest();
      Bytes held = scene.requests.get(0);
      var window = scene.serverContext.replay().window();
      for (Bytes variant : variants(held, optionsBegin(held))) {
        scene.network.send(STRANGER, SERVER, variant);
        scene.rest();
      }
      assertThat(scene.turned).isEmpty();
      assertThat(scene.serverContext.replay().window()).isEqualTo(window);
      assertThat(scene.atStranger).noneMatch(RecordedExchangeTest::saysReplayDetected);

      scene.network.send(BACK, SERVER, held);
      scene.passesRequest = request -> true;
      assertThat(scene.network.run(() -> !scene.outcomes.isEmpty(), MINUTE)).isTrue();
      assertThat(scene.turned).containsExactly("1");
      assertThat(scene.answer(0)).isEqualTo("turned 1");
      assertThat(Scene.nextNumber(scene.serverContext)).isZero();
    }

    /** The control: an outer header is anybody's, and altering it makes no forgery. */
    @Test
    void isStillGenuineUnderAnotherTokenAndMessageId() {
      Scene scene = new Scene();
      scene.passesRequest = request -> false;
      scene.ask("1");
      scene.rest();
      byte[] altered = scene.requests.get(0).toArray();
      altered[3] ^= 1;
      altered[4] ^= 1;
      scene.network.send(STRANGER, SERVER, Bytes.owned(altered));
      scene.rest();
      assertThat(scene.turned).containsExactly("1");
    }
  }

  @Nested
  class RecordedResponse {
    @Test
    @Tag("AT-03")
    @Tag("AT-08")
    void convincesNobodyUntilItComesAsItIs() {
      Scene first = new Scene();
      first.askAndWait("1");
      Bytes genuine = first.responses.get(0);
      for (Bytes variant : variants(genuine, 0)) {
        Scene scene = new Scene();
        scene.passesResponse = response -> false;
        scene.ask("1");
        assertThat(scene.network.run(() -> !scene.responses.isEmpty(), MINUTE)).isTrue();
        assertThat(scene.responses.get(0)).isEqualTo(genuine);
        scene.network.send(FRONT, CLIENT, variant);
        scene.rest();
        scene.network.send(FRONT, CLIENT, genuine);
        scene.rest();
        assertThat(scene.outcomes).as("after " + variant.toHex()).hasSize(1);
        assertThat(scene.answer(0)).as("after " + variant.toHex()).isEqualTo("turned 1");
        assertThat(scene.turned).containsExactly("1");
      }
    }

    @Test
    @Tag("AT-08")
    void isNoAnswerToALaterRequest() {
      Scene scene = new Scene();
      scene.askAndWait("1");
      Bytes earlier = scene.responses.get(0);
      scene.passesResponse = response -> false;
      scene.ask("0");
      assertThat(scene.network.run(() -> scene.responses.size() > 1, MINUTE)).isTrue();
      // Message ID and token of the later request, everything that is protected of the earlier.
      Bytes later = scene.responses.get(1);
      int begin = optionsBegin(later);
      Bytes mixed =
          later.slice(0, begin).plus(earlier.slice(optionsBegin(earlier), earlier.length()));
      scene.network.send(FRONT, CLIENT, mixed);
      scene.rest();
      assertThat(scene.outcomes).hasSize(1);
      scene.network.send(FRONT, CLIENT, later);
      scene.rest();
      assertThat(scene.answer(1)).isEqualTo("turned 0");
    }
  }
}
