package dev.moat.engine.block;

import static dev.moat.engine.fixture.ServerBench.block;
import static dev.moat.engine.fixture.ServerBench.block1;
import static dev.moat.engine.fixture.ServerBench.block2;
import static dev.moat.engine.fixture.ServerBench.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.fixture.ServerBench;
import dev.moat.engine.resource.Resource;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequestBlocksTest {
  private static final String BODY = "The quick brown fox jumps over the lazy dog, twice.";

  private final ServerBench server = new ServerBench();

  @BeforeEach
  void resources() {
    server.router.add(server.recording("/box").notAnActuator("a box"));
    server.router.add(server.recording("/lock").withoutFreshness("tested elsewhere"));
  }

  private static Request post() {
    return ServerBench.request(Code.POST, "/box");
  }

  private Response send(Request request, int number) {
    return server.answer(block1(request, BODY, number, 16));
  }

  private static BlockEvent.BlockRefused refused(int number, BlockEvent.Reason reason) {
    return new BlockEvent.BlockRefused(ServerBench.CLIENT, Code.POST, number, reason);
  }

  @Nested
  class Block1 {
    @Test
    void joinsBlocksToTheBodyThatWasSent() {
      for (int i = 0; i < 3; i++) {
        Response answer = send(post(), i);
        assertThat(answer.code()).isEqualTo(Code.CONTINUE);
        assertThat(answer.options().block1()).contains(block(i, true, 16));
        assertThat(answer.payload().isEmpty()).isTrue();
      }
      Response done = send(post(), 3);
      assertThat(done.code()).isEqualTo(Code.CHANGED);
      assertThat(done.options().block1()).contains(block(3, false, 16));
      assertThat(server.bodies).containsExactly(BODY);
      assertThat(server.blocks().assembliesUnderWay()).isZero();
      assertThat(server.events)
          .contains(new BlockEvent.BodyAssembled(ServerBench.CLIENT, Code.POST, BODY.length()));
    }

    @Test
    void handsTheHandlerNoBlockOptions() {
      server.router.add(
          Resource.at("/options")
              .notAnActuator("looks only")
              .put(r -> Response.text(Code.CHANGED, r.options().toString())));
      Request put = tagged(ServerBench.request(Code.PUT, "/options"), 4);
      Request whole =
          put.with(ServerBench.option(OptionNumber.BLOCK1, 0, false, 64))
              .with(Option.uint(OptionNumber.SIZE1, 5))
              .with(Option.uint(OptionNumber.SIZE2, 0));
      Request bare = ServerBench.request(Code.PUT, "/options");
      assertThat(server.answer(whole).payload()).isEqualTo(server.answer(bare).payload());
    }

    @Test
    void tellsTheClientASmallerSizeAndFollowsIt() {
      server.blockwise = server.blockwise.withPreferredBlockOctets(16);
      Response first = server.answer(block1(post(), BODY, 0, 32));
      assertThat(first.options().block1()).contains(block(0, true, 16));
      assertThat(server.answer(block1(post(), BODY, 2, 16)).code()).isEqualTo(Code.CONTINUE);
      assertThat(server.answer(block1(post(), BODY, 3, 16)).code()).isEqualTo(Code.CHANGED);
      assertThat(server.bodies).containsExactly(BODY);
    }

    @Test
    void answersALoneLaterBlockWith408() {
      assertThat(send(post(), 1).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(send(post(), 3).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(server.bodies).isEmpty();
      assertThat(server.events).contains(refused(1, BlockEvent.Reason.NO_SUCH_OPERATION));
      assertThat(server.events.get(server.events.size() - 1).describe()).contains("block 3");
    }

    @Test
    void answersABlockOutOfSequenceWith408AndKeepsTheRest() {
      var unused = send(post(), 0);
      assertThat(send(post(), 2).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(send(post(), 3).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(server.events).contains(refused(2, BlockEvent.Reason.OUT_OF_SEQUENCE));
      for (int i = 1; i < 4; i++) {
        unused = send(post(), i);
      }
      assertThat(server.bodies).containsExactly(BODY);
    }

    @Test
    void takesARepeatedBlockOnce() {
      var unused = send(post(), 0);
      unused = send(post(), 1);
      assertThat(send(post(), 1).code()).isEqualTo(Code.CONTINUE);
      Request other = block1(post(), "z".repeat(51), 1, 16);
      assertThat(server.answer(other).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      unused = send(post(), 2);
      unused = send(post(), 3);
      assertThat(server.bodies).containsExactly(BODY);
      assertThat(send(post(), 3).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(server.bodies).hasSize(1);
    }

    @Test
    void beginsAgainWithBlockZero() {
      var unused = send(post(), 0);
      unused = send(post(), 1);
      for (int i = 0; i < 4; i++) {
        unused = send(post(), i);
      }
      assertThat(server.bodies).containsExactly(BODY);
    }

    @Test
    void refusesAnotherContentFormatMidway() {
      Request text = post().with(Option.uint(OptionNumber.CONTENT_FORMAT, 0));
      var unused = send(text, 0);
      assertThat(send(post(), 1).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(send(post().with(Option.uint(OptionNumber.CONTENT_FORMAT, 50)), 1).code())
          .isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
    }

    @Test
    void keepsPeersMethodsAndQueriesApart() {
      var unused = send(post(), 0);
      Request stranger = Request.to(ServerBench.OTHER, Code.POST, "/box");
      assertThat(send(stranger, 1).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(send(post().withMethod(Code.PUT), 1).code())
          .isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(send(post().with(Option.text(OptionNumber.URI_QUERY, "a=b")), 1).code())
          .isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(send(post().with(new Option(OptionNumber.ECHO, Bytes.of(1))), 1).code())
          .isEqualTo(Code.CONTINUE);
    }

    @Test
    void refusesABlockWhoseLengthContradictsItsSize() {
      Request shortBlock = block1(post(), BODY, 0, 16).withPayload(Bytes.utf8("short"));
      assertThat(server.answer(shortBlock).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(server.events).contains(refused(0, BlockEvent.Reason.WRONG_LENGTH));
      for (int i = 0; i < 3; i++) {
        assertThat(send(post(), i).code()).isEqualTo(Code.CONTINUE);
      }
      Request longLast = block1(post(), BODY, 3, 16).withPayload(Bytes.utf8("seventeen octets."));
      assertThat(server.answer(longLast).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(server.bodies).isEmpty();
    }

    @Test
    void refusesTheReservedSizeAndMixedDirections() {
      Option reserved = new Option(OptionNumber.BLOCK1, new BlockOption(0, true, 7).value());
      assertThat(server.answer(post().with(reserved)).code()).isEqualTo(Code.BAD_REQUEST);
      Option reserved2 = new Option(OptionNumber.BLOCK2, new BlockOption(0, false, 7).value());
      assertThat(server.answer(post().with(reserved2)).code()).isEqualTo(Code.BAD_REQUEST);
      Request mixed = block2(block1(post(), BODY, 0, 16), 1, 16);
      assertThat(server.answer(mixed).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(server.events)
          .contains(
              refused(0, BlockEvent.Reason.RESERVED_SIZE),
              refused(0, BlockEvent.Reason.MIXED_DIRECTIONS));
    }

    @Test
    void refusesBodiesAboveTheLimit() {
      server.blockwise = server.blockwise.withMaxBodyOctets(40);
      Request announced = post().with(Option.uint(OptionNumber.SIZE1, 51));
      Response early = send(announced, 0);
      assertThat(early.code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      assertThat(early.options().uint(OptionNumber.SIZE1)).hasValue(40);
      assertThat(early.options().block1()).contains(block(0, true, 16));
      var unused = send(post(), 0);
      unused = send(post(), 1);
      assertThat(send(post(), 2).code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
      assertThat(server.blocks().assembliesUnderWay()).isZero();
      Request whole = post().withPayload(Bytes.utf8(BODY));
      assertThat(server.answer(whole).code()).isEqualTo(Code.REQUEST_ENTITY_TOO_LARGE);
    }

    @Test
    void forgetsAnAssemblyAfterItsLifetime() {
      var unused = send(post(), 0);
      server.clock.advance(Duration.ofSeconds(92));
      unused = send(post(), 1);
      server.clock.advance(Duration.ofSeconds(93));
      assertThat(send(post(), 2).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
    }

    @Test
    void usesIfNoneMatchOfTheFirstBlock() {
      Request conditional = post().with(new Option(OptionNumber.IF_NONE_MATCH, Bytes.empty()));
      var unused = send(conditional, 0);
      unused = send(post(), 1);
      unused = send(post(), 2);
      // The resource checks no preconditions and says so: the option reached the router.
      assertThat(send(post(), 3).code()).isEqualTo(Code.BAD_OPTION);
    }
  }

  @Nested
  class Concurrently {
    private Response step(int tag, String body, int number) {
      return server.answer(block1(tagged(post(), tag), body, number, 16));
    }

    private static final String OLD = "old-old-old-old-end";
    private static final String NEW = "new-new-new-new-end";

    @Test
    @Tag("AT-34")
    void aStaleBlockJoinsItsOwnOperation() {
      var unused = step(1, OLD, 0);
      unused = step(2, NEW, 0);
      assertThat(step(1, OLD, 1).code()).isEqualTo(Code.CHANGED);
      assertThat(step(2, NEW, 1).code()).isEqualTo(Code.CHANGED);
      assertThat(server.bodies).containsExactly(OLD, NEW);
    }

    @Test
    @Tag("AT-35")
    void aServerOfOneOperationPutsTheSecondOff() {
      server.blockwise = server.blockwise.withConcurrency(Concurrency.SINGLE);
      var unused = step(1, OLD, 0);
      server.clock.advance(Duration.ofSeconds(3));
      Response busy = step(2, NEW, 0);
      assertThat(busy.code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
      assertThat(busy.options().uint(OptionNumber.MAX_AGE)).hasValue(90);
      assertThat(step(1, OLD, 1).code()).isEqualTo(Code.CHANGED);
      assertThat(step(2, NEW, 0).code()).isEqualTo(Code.CONTINUE);
      Request elsewhere = tagged(ServerBench.request(Code.POST, "/lock"), 9);
      assertThat(server.answer(block1(elsewhere, NEW, 0, 16)).code()).isEqualTo(Code.CONTINUE);
    }

    @Test
    @Tag("AT-36")
    void aReplacingServerAnswersTheStaleBlockWith408() {
      server.blockwise = server.blockwise.withConcurrency(Concurrency.REPLACE);
      var unused = step(1, OLD, 0);
      unused = step(2, NEW, 0);
      assertThat(step(1, OLD, 1).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(step(2, NEW, 1).code()).isEqualTo(Code.CHANGED);
      assertThat(server.bodies).containsExactly(NEW);
    }

    @Test
    void anUnawareServerMixesThem() {
      server.blockwise = server.blockwise.withInsecureIgnoreRequestTag(true);
      var unused = step(1, OLD, 0);
      unused = step(2, NEW, 0);
      assertThat(step(1, OLD, 1).code()).isEqualTo(Code.CHANGED);
      assertThat(server.bodies).containsExactly("new-new-new-new-end");
    }
  }

  @Nested
  class Bounds {
    private Response begin(int tag) {
      return server.answer(block1(tagged(post(), tag), BODY, 0, 16));
    }

    private Response next(int tag) {
      return server.answer(block1(tagged(post(), tag), BODY, 1, 16));
    }

    @Test
    void aPeerAtItsLimitLosesItsOldestAssembly() {
      server.blockwise = server.blockwise.withAssemblies(StoreLimits.defaults().withEntries(8, 2));
      var unused = begin(1);
      unused = begin(2);
      unused = begin(3);
      assertThat(next(1).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      assertThat(next(2).code()).isEqualTo(Code.CONTINUE);
      assertThat(server.blocks().assembliesUnderWay()).isEqualTo(2);
    }

    @Test
    void atTheTotalLimitUnprovenAddressesGoFirst() {
      server.blockwise = server.blockwise.withAssemblies(StoreLimits.defaults().withEntries(2, 2));
      Arrival proof = new Arrival(0, Bytes.empty(), 0, false, true, Arrival.Security.NONE);
      Request proven =
          Request.to(ServerBench.OTHER, Code.POST, "/box").withFact(Arrival.KEY, proof);
      assertThat(send(proven, 0).code()).isEqualTo(Code.CONTINUE);
      var unused = begin(1);
      assertThat(send(tagged(proven, 1), 0).code()).isEqualTo(Code.CONTINUE);
      assertThat(next(1).code()).isEqualTo(Code.REQUEST_ENTITY_INCOMPLETE);
      Response full = begin(2);
      assertThat(full.code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
      assertThat(full.options().uint(OptionNumber.MAX_AGE)).hasValue(93);
      assertThat(server.events).contains(refused(0, BlockEvent.Reason.NO_ROOM));
    }

    @Test
    void aBodyThatOutgrowsThePeersOctetsIsPutOff() {
      server.blockwise =
          server.blockwise.withAssemblies(StoreLimits.defaults().withOctets(100, 40));
      var unused = begin(1);
      assertThat(next(1).code()).isEqualTo(Code.CONTINUE);
      assertThat(server.answer(block1(tagged(post(), 1), BODY, 2, 16)).code())
          .isEqualTo(Code.SERVICE_UNAVAILABLE);
      assertThat(server.blocks().assembliesUnderWay()).isZero();
    }
  }

  @Nested
  class RequestTagPolicy {
    private final Request lock = ServerBench.request(Code.POST, "/lock");

    @Test
    void refusesUntaggedBlocksOnActuators() {
      Response refused = server.answer(block1(lock, BODY, 0, 16));
      assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(refused.payload().toUtf8()).contains("Request-Tag");
      assertThat(server.answer(block1(lock, BODY, 3, 16)).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(server.events).contains(refused(0, BlockEvent.Reason.UNTAGGED));
    }

    @Test
    void takesTaggedBlocksAndSingleOnes() {
      assertThat(server.answer(block1(tagged(lock, 0), BODY, 0, 16)).code())
          .isEqualTo(Code.CONTINUE);
      assertThat(server.answer(block1(lock, "short", 0, 16)).code()).isEqualTo(Code.CHANGED);
    }

    @Test
    void leavesOtherResourcesAlone() {
      assertThat(send(post(), 0).code()).isEqualTo(Code.CONTINUE);
    }
  }
}
