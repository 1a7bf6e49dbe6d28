package dev.moat.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.block.ServerBlockwiseConfig;
import dev.moat.engine.fixture.ClientBench;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.engine.resource.Resource;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Foe on the wire between a client's and a server's block-wise transfers (draft Attacks on CoAP,
 * Section 2.4). There is no de-duplication here: the worst case, after EXCHANGE_LIFETIME or in a
 * wide replay window.
 */
class FragmentAttackTest {
  private final ServerBench server = new ServerBench();
  private final List<Request> held = new ArrayList<>();
  private boolean tagged = true;

  private ClientBench client(ClientBench.Wire wire) {
    server.freshness = server.freshness.withInsecureOff(true);
    server.blockwise = ServerBlockwiseConfig.defaults().withInsecureIgnoreRequestTag(!tagged);
    server.router.add(server.recording("/court").notAnActuator("the story"));
    ClientBench bench = new ClientBench(server.clock, wire);
    bench.blockwise =
        bench
            .blockwise
            .withPreferredBlockOctets(16)
            .withTagging(tagged ? RequestTagging.ALWAYS : RequestTagging.INSECURE_NEVER);
    return bench;
  }

  private static Request post(String body) {
    return Request.to(ServerBench.CLIENT, Code.POST, "/court").withPayload(Bytes.utf8(body));
  }

  private CompletionStage<Outcome> hold(Request request) {
    held.add(request);
    return ClientBench.lost(request);
  }

  private CompletionStage<Outcome> deliver(Request request) {
    return ClientBench.deliver(server, request);
  }

  private Response release(Request request) {
    return ((Outcome.Responded) deliver(request).toCompletableFuture().join()).response();
  }

  @Nested
  class Figure8 {
    private static final String EARLIER = "incarcerate     valjean";
    private static final String LATER = "promote         javert!";

    /** The earlier operation loses its last block, the later one the answer to its first. */
    private Response attack() {
      ClientBench client =
          client(
              (n, request) -> {
                if (n == 1) {
                  return hold(request);
                }
                CompletionStage<Outcome> answered = deliver(request);
                return n == 2 ? ClientBench.lost(request) : answered;
              });
      assertThat(client.send(post(EARLIER))).isInstanceOf(Outcome.Unknown.class);
      assertThat(client.send(post(LATER))).isInstanceOf(Outcome.Unknown.class);
      return release(held.get(0));
    }

    @Test
    @Tag("AT-31")
    @Tag("AT-32")
    void succeedsWithoutRequestTag() {
      tagged = false;
      assertThat(attack().code()).isEqualTo(Code.CHANGED);
      assertThat(server.bodies).containsExactly("promote         valjean");
    }

    @Test
    @Tag("AT-32")
    @Tag("AT-34")
    void completesOnlyItsOwnOperationWithRequestTag() {
      assertThat(attack().code()).isEqualTo(Code.CHANGED);
      assertThat(server.bodies).containsExactly(EARLIER);
    }
  }

  @Nested
  class Figure9 {
    private static final String GIRL = "Girl stole appleWhat now?";
    private static final String QUEEN = "Evil Queen did: shall she go?";

    /** The withheld first block overwrites the later operation's first block before its last. */
    private Outcome attack() {
      ClientBench client =
          client(
              (n, request) -> {
                if (n == 0) {
                  return hold(request);
                }
                CompletionStage<Outcome> answered = deliver(request);
                if (n == 1) {
                  var unused = release(held.get(0));
                }
                return answered;
              });
      assertThat(client.send(post(GIRL))).isInstanceOf(Outcome.Unknown.class);
      return client.send(post(QUEEN));
    }

    @Test
    @Tag("AT-37")
    void succeedsWithoutRequestTag() {
      tagged = false;
      assertThat(attack()).isInstanceOf(Outcome.Responded.class);
      assertThat(server.bodies).containsExactly("Girl stole appleshall she go?");
    }

    @Test
    @Tag("AT-37")
    void leavesTheQueensBodyWholeWithRequestTag() {
      assertThat(attack()).isInstanceOf(Outcome.Responded.class);
      assertThat(server.bodies).containsExactly(QUEEN);
    }

    @Test
    @Tag("AT-38")
    void succeedsThoughEveryMessageArrivesWithARisingNumber() {
      // A checker that wants later blocks of one body to be sent later is content: the girl's first
      // block was sent
      // before the queen's last one, and both reach the server in that order.
      tagged = false;
      List<Integer> joined = new ArrayList<>();
      ClientBench client =
          client(
              (n, request) -> {
                if (n == 0) {
                  return hold(request);
                }
                CompletionStage<Outcome> answered = deliver(request);
                if (n == 1) {
                  var unused = release(held.get(0));
                  joined.add(0);
                } else {
                  joined.add(n);
                }
                return answered;
              });
      var unused = client.send(post(GIRL));
      var alsoUnused = client.send(post(QUEEN));
      assertThat(joined).isSorted();
      assertThat(server.bodies).doesNotContain(GIRL, QUEEN).hasSize(1);
    }
  }

  @Nested
  class AnySchedule {
    /**
     * Random drops, holds, releases and duplicates over two operations; gives what the server was
     * made to believe.
     */
    private List<String> play(Arbitrary any, boolean withTags, String a, String b) {
      FragmentAttackTest game = new FragmentAttackTest();
      game.tagged = withTags;
      ClientBench client =
          game.client(
              (n, request) -> {
                game.releaseSome(any);
                return game.suffer(any, request);
              });
      var first = client.send(post(a));
      var second = client.send(post(b));
      for (int i = 0; i < 6; i++) {
        game.releaseSome(any);
      }
      assertThat(List.of(first, second)).hasSize(2);
      return game.server.bodies;
    }

    @Test
    @Tag("AT-39")
    void deliversOnlyBodiesThatTheClientSentWhole() {
      Seeded.check(
          1500,
          any -> {
            int length = any.between(17, 64);
            String a = "a".repeat(length);
            String b = "b".repeat(any.chance(50) ? length : any.between(17, 64));
            assertThat(play(any, true, a, b)).isSubsetOf(a, b);
          });
    }

    @Test
    @Tag("AT-39")
    void deliversSplicesWithoutRequestTag() {
      int[] splices = {0};
      Seeded.check(
          1500,
          any -> {
            String a = "a".repeat(32);
            String b = "b".repeat(32);
            List<String> delivered = play(any, false, a, b);
            splices[0] += delivered.stream().anyMatch(x -> !x.equals(a) && !x.equals(b)) ? 1 : 0;
          });
      assertThat(splices[0]).isPositive();
    }

    @Test
    @Tag("AT-41")
    void deliversNoSpliceWhenFoeChoosesTheBodies() {
      Seeded.check(
          500,
          any -> {
            // Foe is a client of a trusted proxy: bodies that differ where a block begins.
            String common = "x".repeat(16);
            String a = common + "open door one..." + any.text(8);
            String b = common + "shut door two..." + any.text(8);
            assertThat(play(any, true, a, b)).isSubsetOf(a, b);
          });
    }
  }

  @Nested
  class OverAnOrderedTransport {
    /** Foe can do no more than cut it; a new connection is a new association. */
    @Test
    @Tag("AT-42")
    void noBodiesAreMixedEvenWithoutRequestTag() {
      Seeded.check(
          300,
          any -> {
            FragmentAttackTest game = new FragmentAttackTest();
            game.tagged = false;
            boolean[] cut = {false};
            ClientBench client =
                game.client(
                    (n, request) -> {
                      boolean arrives = !cut[0] && any.chance(90);
                      CompletionStage<Outcome> answer =
                          arrives ? game.deliver(request) : ClientBench.lost(request);
                      cut[0] |= !arrives || any.chance(10);
                      return cut[0] ? ClientBench.lost(request) : answer;
                    });
            String a = "a".repeat(any.between(17, 64));
            String b = "b".repeat(any.between(17, 64));
            for (int connection = 1; connection <= 4; connection++) {
              cut[0] = false;
              var first = client.send(over(connection, a));
              var second = client.send(over(connection, b));
            }
            assertThat(game.server.bodies).isSubsetOf(a, b);
          });
    }

    private Request over(int connection, String body) {
      return Request.to(new Peer(0, 1, 40_000, 0, connection), Code.POST, "/court")
          .withPayload(Bytes.utf8(body));
    }
  }

  @Test
  @Tag("AT-40")
  void noSpliceOfTwoBodiesMakesTheServerStumble() {
    Seeded.check(
        300,
        any -> {
          ServerBench target = new ServerBench();
          target.router.add(
              Resource.at("/court").notAnActuator("parses").post(r -> Response.of(Code.CHANGED)));
          for (int i = 0; i < 12; i++) {
            Request block =
                ServerBench.block1(
                    ServerBench.request(Code.POST, "/court"),
                    any.chance(50) ? "a".repeat(40) : "{\"b\":" + "1".repeat(60) + "}",
                    any.between(0, 2),
                    16 << any.between(0, 1));
            Response answer = target.answer(block);
            assertThat(answer.code().codeClass()).isNotEqualTo(5);
          }
        });
  }

  private CompletionStage<Outcome> suffer(Arbitrary any, Request request) {
    return switch (any.between(0, 5)) {
      case 0 -> ClientBench.lost(request);
      case 1 -> hold(request);
      case 2 -> {
        var unused = deliver(request);
        yield hold(request);
      }
      case 3 -> {
        held.add(request);
        yield deliver(request);
      }
      default -> deliver(request);
    };
  }

  private void releaseSome(Arbitrary any) {
    if (!held.isEmpty() && any.chance(40)) {
      Request request = any.pick(held);
      var unused = release(request);
      if (any.chance(30)) {
        held.remove(request);
      }
    }
  }
}
