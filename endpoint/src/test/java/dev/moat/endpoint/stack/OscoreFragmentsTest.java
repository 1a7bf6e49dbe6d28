package dev.moat.endpoint.stack;

import static dev.moat.endpoint.stack.CourtRig.BLOCK_OCTETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import dev.moat.engine.client.RequestTagging;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protected fragments of two operations in the hands of somebody without keys (draft Attacks on
 * CoAP, Section 2.4). OSCORE protects each block, and not that blocks belong together.
 */
class OscoreFragmentsTest {
  private static final int WIDE = 32;

  /** Two operations under a random schedule; gives what the court was made to believe. */
  private static List<String> play(
      Arbitrary any, RequestTagging tagging, int window, String a, String b) {
    CourtRig rig = new CourtRig(tagging, window);
    Mischief foe = new Mischief(any);
    rig.wire.middle(foe::befall);
    CompletionStage<Outcome> first = rig.begin(a);
    // Without tags a client must not begin before the other has ended (RFC 9175, Section 3.4).
    if (tagging == RequestTagging.INSECURE_NEVER || any.chance(70)) {
      var unused = rig.end(first);
    }
    var second = rig.post(b);
    var alsoFirst = rig.end(first);
    rig.wire.middle(List::of);
    for (int i = 0; i < 6; i++) {
      foe.released().forEach(rig.wire::send);
      rig.wire.settle();
    }
    return rig.bodies;
  }

  @Nested
  class AnySchedule {
    @Test
    @Tag("AT-39")
    void deliversOnlyBodiesThatTheClientSentWhole() {
      Set<String> delivered = new HashSet<>();
      Seeded.check(
          300,
          any -> {
            String a = "a".repeat(any.between(17, 64));
            String b = "b".repeat(any.chance(50) ? a.length() : any.between(17, 64));
            List<String> bodies = play(any, RequestTagging.ALWAYS, WIDE, a, b);
            assertThat(bodies).isSubsetOf(a, b).doesNotHaveDuplicates();
            delivered.addAll(bodies);
          });
      assertThat(delivered).hasSizeGreaterThan(1);
    }

    @Test
    @Tag("AT-39")
    void deliversSplicesOfVerifiedBlocksWithoutRequestTag() {
      int[] splices = {0};
      Seeded.check(
          300,
          any -> {
            String a = "a".repeat(32);
            String b = "b".repeat(32);
            List<String> bodies = play(any, RequestTagging.INSECURE_NEVER, WIDE, a, b);
            splices[0] += List.of(a, b).containsAll(bodies) ? 0 : 1;
          });
      assertThat(splices[0]).isPositive();
    }

    /** Foe is a client of a trusted proxy: bodies that make sense wherever they are cut. */
    @Test
    @Tag("AT-41")
    void deliversNoSpliceWhenFoeChoosesTheBodies() {
      Seeded.check(
          300,
          any -> {
            String a = "door=front;id=01" + "do=unlock;ttl=99" + "x".repeat(any.between(0, 17));
            String b = "door=vault;id=02" + "do=lock;ttl=0001" + "x".repeat(any.between(0, 17));
            assertThat(play(any, RequestTagging.ALWAYS, WIDE, a, b)).isSubsetOf(a, b);
          });
    }

    /** What the remedy is for: a vault that is told to unlock, though nobody ever said so. */
    @Test
    @Tag("AT-41")
    void unlocksTheVaultWithoutRequestTag() {
      Set<String> delivered = new HashSet<>();
      Seeded.check(
          300,
          any -> {
            String a = "door=front;id=01" + "do=unlock;ttl=99";
            String b = "door=vault;id=02" + "do=lock;ttl=0001";
            delivered.addAll(play(any, RequestTagging.INSECURE_NEVER, WIDE, a, b));
          });
      assertThat(delivered).contains("door=vault;id=02do=unlock;ttl=99");
    }
  }

  @Nested
  class AllSplices {
    private static final String A = "a".repeat(4 * BLOCK_OCTETS);
    private static final String B = "{\"b\":\"" + "b".repeat(4 * BLOCK_OCTETS - 8) + "\"}";
    private int messageId = 100;

    /** Block i comes from the body that bit i of {@code choice} says; gives the last answer. */
    private Response feed(CourtRig rig, int choice) throws OscoreException {
      Optional<Response> answer = Optional.empty();
      for (int i = 0; i < 4; i++) {
        int fromB = choice >> i & 1;
        Bytes body = Bytes.utf8(fromB == 1 ? B : A);
        Request block =
            Request.to(VirtualWire.SERVER, Code.POST, "/court")
                .with(new Option(OptionNumber.BLOCK1, new BlockOption(i, i < 3, 0).value()))
                .with(Option.uint(OptionNumber.REQUEST_TAG, 2 * choice + fromB))
                .withPayload(body.slice(i * BLOCK_OCTETS, (i + 1) * BLOCK_OCTETS));
        answer = Optional.of(ask(rig, block));
      }
      return answer.orElseThrow();
    }

    private Response ask(CourtRig rig, Request inner) throws OscoreException {
      ProtectedRequest request = rig.protector.protectRequest(rig.context, inner);
      Request outer = request.outer();
      Message message =
          new Message(
              MessageType.CON,
              messageId++,
              outer.method(),
              Bytes.of(messageId),
              outer.options(),
              outer.payload());
      Packet empty = new Packet(VirtualWire.CLIENT, VirtualWire.SERVER, Bytes.empty());
      rig.wire.send(empty.with(message));
      int before = rig.wire.sent.size();
      rig.wire.settle();
      Message answer = rig.wire.sent.get(before).message();
      Response received =
          Response.of(answer.code()).withOptions(answer.options()).withPayload(answer.payload());
      return rig.protector.unprotectResponse(request.binding(), received).inner();
    }

    @Test
    @Tag("AT-40")
    void reachNoHandlerUnderRequestTags() throws OscoreException {
      CourtRig rig = new CourtRig(RequestTagging.ALWAYS, WIDE);
      rig.understandOnly(A, B);
      for (int choice = 0; choice < 16; choice++) {
        boolean whole = choice == 0 || choice == 15;
        assertThat(feed(rig, choice).code())
            .isEqualTo(whole ? Code.CHANGED : Code.REQUEST_ENTITY_INCOMPLETE);
      }
      assertThat(rig.bodies).containsExactly(A, B);
    }

    /** The handler believes in what was authenticated; the server outlives its surprise. */
    @Test
    @Tag("AT-40")
    void breakTheHandlerButNotTheServerWithoutThem() throws OscoreException {
      CourtRig rig = new CourtRig(RequestTagging.INSECURE_NEVER, WIDE);
      rig.understandOnly(A, B);
      for (int choice = 1; choice < 15; choice++) {
        assertThat(feed(rig, choice).code()).isEqualTo(Code.INTERNAL_SERVER_ERROR);
      }
      assertThat(new HashSet<>(rig.bodies)).hasSize(14).doesNotContain(A, B);
      assertThat(feed(rig, 0).code()).isEqualTo(Code.CHANGED);
    }
  }

  @Nested
  class Tags {
    private final CourtRig rig = new CourtRig(RequestTagging.WHEN_UNCONCLUDED, WIDE);

    /** The tags on the blocks of one operation, all of them inside. */
    private List<Optional<Bytes>> tagsOf(String body) throws OscoreException {
      int before = rig.wire.sent.size();
      var unused = rig.post(body);
      List<Packet> packets = rig.wire.sent.subList(before, rig.wire.sent.size());
      assertThat(packets).noneMatch(p -> p.message().options().has(OptionNumber.REQUEST_TAG));
      return rig.insides(packets).stream()
          .map(inner -> inner.options().first(OptionNumber.REQUEST_TAG))
          .toList();
    }

    @Test
    @Tag("AT-33")
    void areInsideAndOnEveryBlockAfterAnOperationThatDidNotConclude() throws OscoreException {
      List<Optional<Bytes>> untagged = List.of(Optional.empty(), Optional.empty());
      assertThat(tagsOf("a".repeat(32))).isEqualTo(untagged);
      assertThat(tagsOf("b".repeat(32))).isEqualTo(untagged); // concluded, hence used again
      rig.wire.middle(packet -> List.of());
      assertThat(tagsOf("c".repeat(32))).containsExactly(Optional.empty());
      rig.wire.middle(List::of);
      List<Optional<Bytes>> later = tagsOf("d".repeat(48));
      List<Optional<Bytes>> last = tagsOf("e".repeat(48));
      assertThat(later).hasSize(3).doesNotContain(Optional.empty()).containsOnly(later.get(0));
      assertThat(last).hasSize(3).doesNotContain(Optional.empty()).containsOnly(last.get(0));
      assertThat(later.get(0)).isNotEqualTo(last.get(0));
      assertThat(rig.bodies)
          .containsExactly("a".repeat(32), "b".repeat(32), "d".repeat(48), "e".repeat(48));
    }
  }

  @Nested
  class InOrder {
    /** Foe can do no more than cut the connection; the security context outlives it. */
    @Test
    @Tag("AT-42")
    void noBodiesAreMixedEvenWithoutRequestTag() {
      int[] unconcluded = {0};
      int[] delivered = {0};
      Seeded.check(
          200,
          any -> {
            CourtRig rig = new CourtRig(RequestTagging.INSECURE_NEVER, WIDE);
            boolean[] cut = {false};
            rig.wire.middle(
                packet -> {
                  cut[0] |= any.chance(15);
                  return cut[0] ? List.of() : List.of(packet);
                });
            String a = "a".repeat(any.between(17, 64));
            String b = "b".repeat(any.between(17, 64));
            for (int connection = 0; connection < 4; connection++) {
              cut[0] = false;
              Outcome outcome = rig.post(connection % 2 == 0 ? a : b);
              unconcluded[0] += outcome instanceof Outcome.Unknown ? 1 : 0;
            }
            assertThat(rig.bodies).isSubsetOf(a, b);
            delivered[0] += rig.bodies.size();
          });
      assertThat(unconcluded[0]).isPositive();
      assertThat(delivered[0]).isPositive();
    }

    /** A window that only rises restores the order that datagrams lack. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void noBodiesAreMixedWithAWindowThatOnlyRises(int window) {
      Set<String> delivered = new HashSet<>();
      String a = "a".repeat(32);
      String b = "b".repeat(32);
      Seeded.check(
          150, any -> delivered.addAll(play(any, RequestTagging.INSECURE_NEVER, window, a, b)));
      assertThat(delivered).containsExactlyInAnyOrder(a, b);
    }
  }
}
